package dev.drover;

import dev.drover.core.run.LiveRuns;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunObservers;
import dev.drover.provider.telemetry.MicrometerObserver;
import dev.drover.provider.telemetry.OpenTelemetryObserver;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a server tells about its work: metrics always, traces to whom the settings name. */
record Telemetry(PrometheusMeterRegistry meters, LiveRuns liveRuns, RunObserver observer) {
    static Telemetry open(Settings settings, UUID node, Clock clock, Closing closing) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LiveRuns liveRuns = new LiveRuns();
        List<RunObserver> observers = new ArrayList<>();
        observers.add(new MicrometerObserver(meters, liveRuns::count));
        URI collector = settings.traces();
        if (collector != null) {
            observers.add(closing.with(new OpenTelemetryObserver(collector, node, clock)));
        }
        return new Telemetry(meters, liveRuns, new RunObservers(observers));
    }
}
