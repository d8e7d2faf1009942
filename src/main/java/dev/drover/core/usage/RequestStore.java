package dev.drover.core.usage;

import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** The table {@code request_count}. */
public final class RequestStore {
    private final Jdbi jdbi;

    public RequestStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One more; how many there are in that minute, or in a later one that another server has begun already. */
    int count(int organization, Instant minute) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into request_count as known (organization, minute, requests)
                        values (:organization, :minute, 1)
                        on conflict (organization) do update set minute = greatest(known.minute, excluded.minute),
                            requests = case when known.minute < excluded.minute then 1 else known.requests + 1 end
                        returning requests
                        """)
                .bind("organization", organization)
                .bind("minute", minute)
                .mapTo(Integer.class)
                .one());
    }
}
