package dev.drover.provider.telemetry;

import dev.drover.core.id.Spelling;
import dev.drover.core.run.Run;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a collector about runs as traces: a span for each server's work on a run, with one for each step below it. */
public final class OpenTelemetryObserver implements RunObserver, AutoCloseable {
    private static final AttributeKey<String> RUN_ID = AttributeKey.stringKey("drover.run.id");
    private static final long PATIENCE_SECONDS = 2;

    private final SpanExporter exporter;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Clock clock;

    /**
     * Sends to a collector that speaks OTLP over HTTP. Nothing waits for it: what it does not take is dropped.
     *
     * @param collector its address, without the path for traces
     */
    public OpenTelemetryObserver(URI collector, UUID node, Clock clock) {
        this.exporter = new CollectorExporter(collector);
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(
                                Attributes.builder()
                                        .put("service.name", "drover")
                                        .put("service.instance.id", node.toString())
                                        .build(),
                                GenAi.SCHEMA)))
                .setIdGenerator(new RunTraces())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        this.tracer =
                provider.tracerBuilder("dev.drover").setSchemaUrl(GenAi.SCHEMA).build();
        this.clock = clock;
    }

    @Override
    public RunWatch began(Run run, @Nullable String agentName) {
        SpanBuilder span = tracer.spanBuilder(
                        agentName == null ? GenAi.INVOKE_AGENT : GenAi.INVOKE_AGENT + " " + agentName)
                .setNoParent()
                .setSpanKind(SpanKind.INTERNAL)
                .setStartTimestamp(clock.instant())
                .setAttribute(GenAi.OPERATION, GenAi.INVOKE_AGENT)
                .setAttribute("gen_ai.agent.id", Spelling.AGENT.of(run.agent().value()))
                .setAttribute(RUN_ID, run.id().toString());
        if (agentName != null) {
            span.setAttribute("gen_ai.agent.name", agentName);
        }
        Span began = RunTraces.of(run.id(), span::startSpan);
        return new OpenTelemetryWatch(tracer, began, clock);
    }

    /** Sends what is left, within two seconds. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
        // Ends what is still being tried.
        exporter.shutdown();
    }
}
