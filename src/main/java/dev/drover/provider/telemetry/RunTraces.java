package dev.drover.provider.telemetry;

import dev.drover.core.id.RunId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/**
 * Gives all spans of a run one trace, whichever servers work on it: a trace's identity has as many bits as a run's,
 * and is the same.
 */
final class RunTraces implements IdGenerator {
    private static final ScopedValue<RunId> RUN = ScopedValue.newInstance();

    private final IdGenerator random = IdGenerator.random();

    /** Within the work, traces that begin are the run's. */
    static <T> T of(RunId run, Supplier<T> work) {
        return ScopedValue.where(RUN, run).call(work::get);
    }

    @Override
    public String generateTraceId() {
        return RUN.isBound() ? RUN.get().toString().replace("-", "") : random.generateTraceId();
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }
}
