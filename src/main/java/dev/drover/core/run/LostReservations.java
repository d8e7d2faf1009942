package dev.drover.core.run;

import dev.drover.core.Recurring;
import dev.drover.core.usage.Budgets;
import java.time.Duration;

/** Gives back what was reserved of budgets by those who cannot any more. */
public final class LostReservations {
    private static final Duration TICK = Duration.ofSeconds(2);

    private static final Duration MERCY = Duration.ofMinutes(1);

    private final LostReservationStore store;
    private final Budgets budgets;

    public LostReservations(LostReservationStore store, Budgets budgets) {
        this.store = store;
        this.budgets = budgets;
    }

    /** Again and again; this server has said that it lives before the first time. */
    public void start(Recurring recurring) {
        recurring.every("lost-reservations", TICK, this::giveBack);
    }

    void giveBack() {
        store.lost(MERCY).forEach(budgets::release);
    }
}
