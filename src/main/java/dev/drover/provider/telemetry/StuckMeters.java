package dev.drover.provider.telemetry;

import dev.drover.core.run.StuckRuns;
import dev.drover.core.run.Why;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows as metrics how many runs stand still, and what for. */
public final class StuckMeters {
    private StuckMeters() {}

    public static void register(MeterRegistry registry, StuckRuns runs) {
        Gauge.builder("drover.runs.stuck", runs::count)
                .description("Runs that nobody holds and that wait for nothing, on all servers")
                .register(registry);
        for (Why.Waiter waiter : Why.Waiter.values()) {
            Gauge.builder("drover.runs.waiting", () -> runs.waiting(waiter))
                    .description("Runs that wait for something other than their own step, on all servers")
                    .tag("waiter", GenAi.word(waiter))
                    .register(registry);
        }
    }
}
