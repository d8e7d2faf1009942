package dev.drover.api.page;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the server measured, in Prometheus' text format. */
public final class MetricsPage {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final AtomicBoolean bound = new AtomicBoolean();

    public MetricsPage(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    public Operation show() {
        return Operation.of("Read measurements; open to this machine, elsewhere by any credential", this::show)
                .answersType(200, "text/plain");
    }

    private Answer show(Call call) {
        // Only when somebody looks: these load management beans that the start need not wait for.
        if (bound.compareAndSet(false, true)) {
            machine().forEach(binder -> binder.bindTo(registry));
        }
        return Answer.text(200, TYPE, registry.scrape());
    }

    private static List<MeterBinder> machine() {
        return List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
    }
}
