package dev.drover.core.run;

import dev.drover.core.access.Caller;
import dev.drover.core.memory.Memories;
import dev.drover.core.usage.Plan;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Tells accounts what they have used. */
public final class AccountUsages {
    private final RunRoom room;
    private final Memories memories;

    public AccountUsages(RunRoom room, Memories memories) {
        this.room = room;
        this.memories = memories;
    }

    /**
     * What the caller has used in a month, and what is at work now.
     *
     * @param wanted in UTC; null for this month
     */
    public AccountUsage usage(Caller caller, @Nullable YearMonth wanted) {
        Instant now = room.workshop().clock().instant();
        YearMonth month = wanted == null ? YearMonth.from(now.atOffset(ZoneOffset.UTC)) : wanted;
        Plan plan = room.workshop().plan();
        var account = caller.user().id();
        return new AccountUsage(
                plan,
                month,
                room.stores().standings().standing(caller, plan, now),
                caller.rate(),
                room.stores().standings().hours(account, month, now),
                memories.count(caller.user().id()),
                room.stores().standings().tally(account, month));
    }
}
