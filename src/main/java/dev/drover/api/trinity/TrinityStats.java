package dev.drover.api.trinity;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Load;
import dev.drover.core.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a computer that is on uses of the host (contract, section 5.12). */
record TrinityStats(
        double cpuPercent,
        long memoryUsedBytes,
        long memoryLimitBytes,
        double memoryPercent,
        long networkRxBytes,
        long networkTxBytes,
        long uptimeSeconds,
        String status) {
    static TrinityStats of(Load load, Machine machine, Instant now) {
        Computer.Stats use = load.stats();
        long limit = machine.limits().memoryBytes();
        return new TrinityStats(
                load.cpuPercent(),
                use.memoryBytes(),
                limit,
                Math.round(1000.0 * use.memoryBytes() / limit) / 10.0,
                use.receivedBytes(),
                use.sentBytes(),
                seconds(use.startedAt().orElse(null), now),
                machine.state().word());
    }

    private static long seconds(@Nullable Instant since, Instant now) {
        return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
    }
}
