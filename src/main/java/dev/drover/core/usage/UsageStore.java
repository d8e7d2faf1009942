package dev.drover.core.usage;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The table {@code agent_time}: how long each account's agents worked, by month. */
public final class UsageStore {
    private final Jdbi jdbi;

    public UsageStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Adds what was worked, to each month its part. Last in its transaction and ordered by account, since transactions
     * that end runs of the same accounts wait for each other here.
     */
    public void add(List<AgentTime> worked) {
        if (worked.isEmpty()) {
            return;
        }
        List<AgentTime> ordered = worked.stream()
                .sorted(Comparator.comparing(time -> time.account().value()))
                .toList();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into agent_time (user_id, month, worked_ms)
                        select account, month::date, sum(1000 * extract(epoch from
                            least(until, month + interval '1 month') - greatest(began, month)))::bigint
                        from (select account, began at time zone 'UTC' as began, until at time zone 'UTC' as until
                            from unnest(:accounts, :began, :until) as w (account, began, until)) worked
                        cross join lateral generate_series(date_trunc('month', began), until, '1 month') month
                        where until > began
                        group by account, month order by account, month
                        on conflict (user_id, month) do update
                            set worked_ms = agent_time.worked_ms + excluded.worked_ms
                        """)
                .bindArray(
                        "accounts",
                        UUID.class,
                        ordered.stream().map(time -> time.account().value()).toList())
                .bindArray(
                        "began",
                        OffsetDateTime.class,
                        ordered.stream()
                                .map(time -> time.from().atOffset(ZoneOffset.UTC))
                                .toList())
                .bindArray(
                        "until",
                        OffsetDateTime.class,
                        ordered.stream()
                                .map(time -> time.until().atOffset(ZoneOffset.UTC))
                                .toList())
                .execute());
    }
}
