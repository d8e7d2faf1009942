package dev.drover;

import dev.drover.core.run.Leases;
import java.time.Duration;
import java.util.Map;

/**
 * How this server is relieved by others on the same database: when it falls silent, and when it is stopped.
 *
 * @param lease how long it may be silent before others take its runs over
 * @param drain how long it goes on answering after it was told to stop and says so
 * @param goodbye how long requests in flight may take after that
 */
record ReliefChoice(Duration lease, Duration drain, Duration goodbye) {
    private static final String LEASE = "DROVER_LEASE_SECONDS";
    private static final String DRAIN = "DROVER_DRAIN_SECONDS";

    /** What waits for a run goes on waiting while another server works it; without a drain nobody is expected to. */
    private static final Duration AMONG_OTHERS = Duration.ofSeconds(60);

    private static final Duration ALONE = Duration.ofSeconds(3);

    static ReliefChoice read(Given given) {
        boolean alone = given.text("DROVER_DATABASE_URL").isEmpty();
        Duration drain = Duration.ofSeconds(given.within(DRAIN, 0, 600, alone ? 0 : 5));
        return new ReliefChoice(
                Duration.ofSeconds(given.within(LEASE, 2, 60, (int) Leases.USUAL.toSeconds())),
                drain,
                drain.isZero() ? ALONE : AMONG_OTHERS);
    }

    void show(Map<String, String> shown) {
        shown.put(LEASE, String.valueOf(lease.toSeconds()));
        shown.put(DRAIN, String.valueOf(drain.toSeconds()));
    }
}
