package dev.drover.provider.telemetry;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Sends spans to a collector by OTLP over HTTP; says once when they stop arriving, and once when they do again. */
final class CollectorExporter implements SpanExporter {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(CollectorExporter.class);

    /** Would tell of every failure and loss. Held here, since Java forgets the level of a logger nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final URI collector;
    private final AtomicBoolean arriving = new AtomicBoolean(true);
    private @Nullable SpanExporter otlp;

    CollectorExporter(URI collector) {
        LIBRARY.setLevel(Level.OFF);
        this.collector = collector;
    }

    /** Made by the thread that sends: it loads an HTTP client, which no start of a server should wait for. */
    private synchronized SpanExporter otlp() {
        SpanExporter made = otlp;
        if (made == null) {
            made = OtlpHttpSpanExporter.builder()
                    .setEndpoint(collector.toString().replaceAll("/+$", "") + "/v1/traces")
                    .setConnectTimeout(CONNECT)
                    .setTimeout(ANSWER)
                    .build();
            otlp = made;
        }
        return made;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode sent = otlp().export(spans);
        return sent.whenComplete(() -> heard(sent));
    }

    private void heard(CompletableResultCode sent) {
        if (arriving.compareAndSet(!sent.isSuccess(), sent.isSuccess())) {
            if (sent.isSuccess()) {
                log.info("traces arrive at {} again", collector);
            } else {
                log.warn(
                        "traces do not arrive at {} ({}) and are dropped until they do; runs go on",
                        collector,
                        reason(sent.getFailureThrowable()));
            }
        }
    }

    /** What the library throws only wraps a failure to connect; an answer that says no has none to wrap. */
    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : failure.getCause();
        return cause == null ? "it refused them" : String.valueOf(cause.getMessage());
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public synchronized CompletableResultCode shutdown() {
        return otlp == null ? CompletableResultCode.ofSuccess() : otlp.shutdown();
    }
}
