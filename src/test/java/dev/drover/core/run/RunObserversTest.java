package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RunObserversTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Run RUN = new Run(
            new RunId(new UUID(1, 1)),
            new AgentId(new UUID(2, 2)),
            "task",
            RunStatus.SPAWNING,
            ComputerState.STARTING,
            "local",
            null,
            null,
            NOW,
            NOW);

    @Test
    void allHearEverything() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        tellAll(new RunObservers(List.of(first, second)));
        assertThat(first.heard)
                .containsExactly("began Scout", "asked 1.2", "ran shell_run", "left COMPLETED", "ended COMPLETED");
        assertThat(second.heard).isEqualTo(first.heard);
    }

    @Test
    void oneThatFailsDisturbsNobodyAndIsLoggedOnce() {
        Recorder other = new Recorder();
        List<String> lines = new ArrayList<>();
        Handler listener = listener(lines);
        Logger log = Logger.getLogger(GuardedObserver.class.getName());
        log.addHandler(listener);
        try {
            RunObservers observers = new RunObservers(List.of(new Failing(), other));
            tellAll(observers);
            tellAll(observers);
        } finally {
            log.removeHandler(listener);
        }
        assertThat(other.heard).hasSize(10);
        assertThat(lines).singleElement().asString().contains("Failing failed", "runs go on");
    }

    @Test
    void oneThatCannotEvenBeginIsLeftOut() {
        RunObserver broken = new RunObserver() {
            @Override
            public RunWatch began(Run run, @Nullable String agentName) {
                throw new NoClassDefFoundError("of a library");
            }
        };
        Recorder other = new Recorder();
        tellAll(new RunObservers(List.of(broken, other)));
        assertThat(other.heard).hasSize(5);
    }

    private static void tellAll(RunObservers observers) {
        RunWatch watch = observers.began(RUN, "Scout");
        watch.modelAsked(new RunWatch.ModelAttempt(1, 2, "offline", NOW, NOW, RunWatch.Outcome.UNAVAILABLE, null));
        watch.toolRan(new RunWatch.ToolAttempt(1, "call_1", "shell_run", NOW, NOW, RunWatch.Outcome.OK));
        watch.left(RunStatus.COMPLETED, null);
        observers.ended(RUN.id(), RunStatus.COMPLETED, null);
    }

    private static Handler listener(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static final class Recorder implements RunObserver, RunWatch {
        private final List<String> heard = new ArrayList<>();

        @Override
        public RunWatch began(Run run, @Nullable String agentName) {
            heard.add("began " + agentName);
            return this;
        }

        @Override
        public void ended(RunId run, RunStatus status, @Nullable FailureReason error) {
            heard.add("ended " + status);
        }

        @Override
        public void modelAsked(ModelAttempt attempt) {
            heard.add("asked " + attempt.iteration() + "." + attempt.attempt());
        }

        @Override
        public void toolRan(ToolAttempt attempt) {
            heard.add("ran " + attempt.tool());
        }

        @Override
        public void left(RunStatus status, @Nullable FailureReason error) {
            heard.add("left " + status);
        }
    }

    private static final class Failing implements RunObserver, RunWatch {
        @Override
        public RunWatch began(Run run, @Nullable String agentName) {
            return this;
        }

        @Override
        public void ended(RunId run, RunStatus status, @Nullable FailureReason error) {
            throw new IllegalStateException("no");
        }

        @Override
        public void modelAsked(ModelAttempt attempt) {
            throw new IllegalStateException("no");
        }

        @Override
        public void toolRan(ToolAttempt attempt) {
            throw new IllegalStateException("no");
        }

        @Override
        public void left(RunStatus status, @Nullable FailureReason error) {
            throw new IllegalStateException("no");
        }
    }
}
