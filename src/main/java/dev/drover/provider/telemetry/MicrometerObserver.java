package dev.drover.provider.telemetry;

import dev.drover.core.id.RunId;
import dev.drover.core.model.Usage;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.Run;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.RunWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts and times what runs do; labels take words from short lists only, never what a user or a model wrote. */
public final class MicrometerObserver implements RunObserver {
    /** Labels cannot be absent: every series of a meter has the same ones. */
    private static final String NO_ERROR = "none";

    /** The buckets that the conventions ask for: 10 ms doubled 13 times, and powers of four tokens. */
    private static final Duration[] DURATIONS =
            IntStream.range(0, 14).mapToObj(n -> Duration.ofMillis(10L << n)).toArray(Duration[]::new);

    private static final double[] TOKENS =
            DoubleStream.iterate(1, bound -> bound * 4).limit(14).toArray();

    private final MeterRegistry registry;
    private final RunWatch watch = new Watch();

    /** @param liveRuns how many runs this server works on now */
    public MicrometerObserver(MeterRegistry registry, IntSupplier liveRuns) {
        this.registry = registry;
        Gauge.builder("drover.runs.live", liveRuns::getAsInt)
                .description("Runs that this server works on")
                .register(registry);
    }

    @Override
    public RunWatch began(Run run, @Nullable String agentName) {
        return watch;
    }

    @Override
    public void ended(RunId run, RunStatus status, @Nullable FailureReason error) {
        Counter.builder("drover.runs.ended")
                .description("Runs that are over, by how they ended")
                .tag("status", GenAi.word(status))
                .tag(GenAi.ERROR, error == null ? NO_ERROR : GenAi.word(error))
                .register(registry)
                .increment();
    }

    private static String error(RunWatch.Outcome outcome) {
        return outcome == RunWatch.Outcome.OK ? NO_ERROR : GenAi.word(outcome);
    }

    private final class Watch implements RunWatch {
        @Override
        public void modelAsked(ModelAttempt attempt) {
            GenAi.Model model = GenAi.Model.of(attempt.model());
            Tags tags = Tags.of(
                    GenAi.OPERATION, GenAi.CHAT, GenAi.PROVIDER, model.provider(), GenAi.REQUEST_MODEL, model.name());
            Timer.builder("gen_ai.client.operation.duration")
                    .description("Attempts to get a reply from a model")
                    .tags(tags.and(GenAi.ERROR, error(attempt.outcome())))
                    .serviceLevelObjectives(DURATIONS)
                    .register(registry)
                    .record(Duration.between(attempt.began(), attempt.ended()));
            if (attempt.answer() != null) {
                Usage usage = attempt.answer().usage();
                tokens(tags.and("gen_ai.token.type", "input"), usage.inputTokens());
                tokens(tags.and("gen_ai.token.type", "output"), usage.outputTokens());
            }
        }

        private void tokens(Tags tags, long count) {
            DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("Tokens that a model read and wrote for one reply")
                    .tags(tags)
                    .serviceLevelObjectives(TOKENS)
                    .register(registry)
                    .record((double) count);
        }

        @Override
        public void toolRan(ToolAttempt attempt) {
            Timer.builder("gen_ai.execute_tool.duration")
                    .description("Calls of tools")
                    .tags(GenAi.TOOL, attempt.tool(), GenAi.ERROR, error(attempt.outcome()))
                    .serviceLevelObjectives(DURATIONS)
                    .register(registry)
                    .record(Duration.between(attempt.began(), attempt.ended()));
        }
    }
}
