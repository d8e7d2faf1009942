package dev.drover.api.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Counts and times requests by route, method and status; by the route's template, so that the labels stay few. */
final class HttpMeters {
    private static final Set<String> KNOWN =
            Arrays.stream(Method.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    HttpMeters(MeterRegistry registry, IntSupplier streams) {
        this.registry = registry;
        Gauge.builder("drover.http.streams", streams::getAsInt)
                .description("Event streams that are open")
                .register(registry);
    }

    void answered(Visit visit, int status) {
        Route route = visit.route();
        String method = KNOWN.contains(visit.method()) || visit.method().equals("HEAD") ? visit.method() : "OTHER";
        Key key = new Key(method, route == null ? "none" : route.path(), status);
        timers.computeIfAbsent(key, this::timer).record(visit.nanos(), TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("drover.http.requests")
                .description("Requests answered, by the template of their path")
                .tag("method", key.method())
                .tag("route", key.route())
                .tag("status", Integer.toString(key.status()))
                .register(registry);
    }

    private record Key(String method, String route, int status) {}
}
