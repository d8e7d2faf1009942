package dev.drover.core.scenario;

import dev.drover.core.Transactions;
import dev.drover.core.audit.Audit;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the classes of this room share. */
public final class ScenarioRoom {
    private final ScenarioStore store;
    private final ScenarioMeans means;
    private final Accounts accounts;
    private final Offers offers;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    public ScenarioRoom(ScenarioStore store, ScenarioMeans means, Transactions transactions, Audit audit, Clock clock) {
        this.store = store;
        this.means = means;
        this.accounts = new Accounts(means.connections());
        this.offers = new Offers(means.servers(), means.guard(), means.schemas(), clock);
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    ScenarioStore store() {
        return store;
    }

    ScenarioMeans means() {
        return means;
    }

    Accounts accounts() {
        return accounts;
    }

    Offers offers() {
        return offers;
    }

    Transactions transactions() {
        return transactions;
    }

    Audit audit() {
        return audit;
    }

    Clock clock() {
        return clock;
    }

    /** As it is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
