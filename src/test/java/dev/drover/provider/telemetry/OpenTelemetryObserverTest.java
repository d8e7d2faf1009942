package dev.drover.provider.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.model.Reply;
import dev.drover.core.model.Usage;
import dev.drover.core.run.ComputerState;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.Run;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.RunWatch;
import dev.drover.core.run.RunWatch.Answer;
import dev.drover.core.run.RunWatch.ModelAttempt;
import dev.drover.core.run.RunWatch.Outcome;
import dev.drover.core.run.RunWatch.ToolAttempt;
import dev.drover.provider.telemetry.TestingCollector.Kind;
import dev.drover.provider.telemetry.TestingCollector.Span;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class OpenTelemetryObserverTest {
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(10), ZoneOffset.UTC);
    private static final UUID NODE = new UUID(1, 2);
    private static final Ids IDS = new Ids(Clock.systemUTC());

    @Test
    void tellsARunAsOneTraceWithASpanForEachStep() throws IOException {
        Run run = run();
        List<Span> spans = told(observer -> {
            RunWatch watch = observer.began(run, "Price Watch");
            watch.modelAsked(asked(1, Outcome.OK, new Usage(100, 20, 60, 5), Reply.Stop.TOOLS));
            watch.toolRan(new ToolAttempt(1, "call_7", "shell_run", NOON, NOON.plusMillis(250), Outcome.OK));
            watch.modelAsked(asked(2, Outcome.OK, new Usage(130, 8, 0, 0), Reply.Stop.END));
            watch.left(RunStatus.COMPLETED, null);
        });

        assertThat(spans)
                .extracting(Span::name)
                .containsExactlyInAnyOrder(
                        "invoke_agent Price Watch", "chat claude-1", "execute_tool shell_run", "chat claude-1");
        Span whole = named(spans, "invoke_agent Price Watch");
        assertThat(whole.parent()).isEmpty();
        assertThat(whole.kind()).isEqualTo(Kind.INTERNAL);
        assertThat(whole.attributes())
                .containsEntry("gen_ai.operation.name", "invoke_agent")
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("gen_ai.request.model", "claude-1")
                .containsEntry("gen_ai.agent.name", "Price Watch")
                .containsEntry("gen_ai.agent.id", Spelling.AGENT.of(run.agent().value()))
                .containsEntry("gen_ai.usage.input_tokens", 230L)
                .containsEntry("gen_ai.usage.output_tokens", 28L)
                .containsEntry("drover.run.id", run.id().toString())
                .containsEntry("drover.run.status", "completed");
        assertThat(spans)
                .allSatisfy(span ->
                        assertThat(span.trace()).isEqualTo(run.id().toString().replace("-", "")))
                .filteredOn(span -> !span.equals(whole))
                .allSatisfy(span -> assertThat(span.parent()).isEqualTo(whole.id()));
    }

    @Test
    void tellsWhichModelAnsweredAndWhatItUsed() throws IOException {
        List<Span> spans = told(observer -> observer.began(run(), null)
                .modelAsked(asked(3, Outcome.OK, new Usage(100, 20, 60, 5), Reply.Stop.TOOLS)));
        Span chat = named(spans, "chat claude-1");
        assertThat(chat.kind()).isEqualTo(Kind.CLIENT);
        assertThat(chat.isError()).isFalse();
        assertThat(chat.startNanos()).isEqualTo(nanos(NOON));
        assertThat(chat.endNanos()).isEqualTo(nanos(NOON.plusSeconds(2)));
        assertThat(chat.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("gen_ai.request.model", "claude-1")
                .containsEntry("gen_ai.response.model", "claude-1-dated")
                .containsEntry("gen_ai.response.finish_reasons", List.of("tool_call"))
                .containsEntry("gen_ai.usage.input_tokens", 100L)
                .containsEntry("gen_ai.usage.output_tokens", 20L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 60L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 5L)
                .containsEntry("drover.iteration", 3L)
                .containsEntry("drover.attempt", 1L)
                .doesNotContainKey("error.type");
    }

    @Test
    void tellsWhatFailedAndHow() throws IOException {
        List<Span> spans = told(observer -> {
            RunWatch watch = observer.began(run(), null);
            watch.modelAsked(new ModelAttempt(1, 1, "gemini/pro", NOON, NOON, Outcome.UNAVAILABLE, null));
            watch.toolRan(new ToolAttempt(1, "call_1", "http_request", NOON, NOON, Outcome.FAILED));
            watch.left(RunStatus.ERROR, FailureReason.REASONING_UNAVAILABLE);
        });
        Span chat = named(spans, "chat pro");
        assertThat(chat.isError()).isTrue();
        assertThat(chat.attributes())
                .containsEntry("gen_ai.provider.name", "gcp.gemini")
                .containsEntry("error.type", "unavailable")
                .doesNotContainKeys("gen_ai.response.model", "gen_ai.usage.input_tokens");
        Span tool = named(spans, "execute_tool http_request");
        assertThat(tool.isError()).isTrue();
        assertThat(tool.attributes())
                .containsEntry("gen_ai.tool.name", "http_request")
                .containsEntry("gen_ai.tool.call.id", "call_1")
                .containsEntry("error.type", "failed");
        Span whole = named(spans, "invoke_agent");
        assertThat(whole.isError()).isTrue();
        assertThat(whole.attributes())
                .containsEntry("error.type", "reasoning_unavailable")
                .doesNotContainKey("gen_ai.agent.name");
    }

    @Test
    void namesTheServerAndTheConventionsItFollows() throws IOException {
        List<Span> spans = told(observer -> observer.began(run(), null).left(RunStatus.STOPPED, null));
        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.resource())
                    .containsEntry("service.name", "drover")
                    .containsEntry("service.instance.id", NODE.toString());
            assertThat(span.schema()).isEqualTo("https://opentelemetry.io/schemas/1.41.0");
            assertThat(span.isError()).isFalse();
        });
    }

    @Test
    void givesEveryServersWorkOnARunTheSameTrace() throws IOException {
        Run run = run();
        List<Span> spans = told(observer -> {
            observer.began(run, null).left(RunStatus.RUNNING, null);
            observer.began(run, null).left(RunStatus.COMPLETED, null);
        });
        assertThat(spans)
                .hasSize(2)
                .extracting(Span::trace)
                .containsOnly(run.id().toString().replace("-", ""));
        assertThat(spans).extracting(Span::id).doesNotHaveDuplicates();
    }

    @Test
    void saysOnceThatNobodyTakesItsTraces() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        List<LogRecord> lines = new ArrayList<>();
        try (Listening _ = Listening.to(lines)) {
            var observer = new OpenTelemetryObserver(URI.create("http://127.0.0.1:" + nobody), NODE, CLOCK);
            for (int i = 0; i < 5_000; i++) {
                observer.began(run(), null).left(RunStatus.COMPLETED, null);
            }
            long began = System.nanoTime();
            observer.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(line -> assertThat(line.getThrown()).isNull());
    }

    @Test
    void saysOnceThatACollectorRefusesItsTraces() throws IOException {
        List<LogRecord> lines = new ArrayList<>();
        try (TestingCollector collector = TestingCollector.start();
                Listening _ = Listening.to(lines)) {
            collector.answer(401);
            var observer = new OpenTelemetryObserver(collector.address(), NODE, CLOCK);
            for (int i = 0; i < 2_000; i++) {
                observer.began(run(), null).left(RunStatus.COMPLETED, null);
            }
            observer.close();
            assertThat(collector.requests()).isGreaterThan(1);
        }
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).contains("do not arrive at http://127.0.0.1:", "refused");
            assertThat(line.getThrown()).isNull();
        });
    }

    private static long nanos(Instant at) {
        return Duration.between(Instant.EPOCH, at).toNanos();
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ModelAttempt asked(int iteration, Outcome outcome, Usage usage, Reply.Stop stop) {
        return new ModelAttempt(
                iteration,
                1,
                "anthropic/claude-1",
                NOON,
                NOON.plusSeconds(2),
                outcome,
                new Answer("claude-1-dated", usage, stop));
    }

    private static Run run() {
        return new Run(
                new RunId(IDS.next()),
                new AgentId(IDS.next()),
                "a secret task",
                RunStatus.SPAWNING,
                ComputerState.STARTING,
                "local",
                null,
                null,
                NOON,
                NOON);
    }

    /** What a collector has when the observer was closed. */
    private static List<Span> told(java.util.function.Consumer<OpenTelemetryObserver> story) throws IOException {
        try (TestingCollector collector = TestingCollector.start()) {
            try (var observer = new OpenTelemetryObserver(collector.address(), NODE, CLOCK)) {
                story.accept(observer);
            }
            return collector.spans();
        }
    }

    /** Hears what the server's log would. */
    private static final class Listening extends Handler implements AutoCloseable {
        private static final Logger ROOT = Logger.getLogger("");
        private final List<LogRecord> lines;

        private Listening(List<LogRecord> lines) {
            this.lines = lines;
        }

        static Listening to(List<LogRecord> lines) {
            Listening listening = new Listening(lines);
            ROOT.addHandler(listening);
            return listening;
        }

        @Override
        public synchronized void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            ROOT.removeHandler(this);
        }
    }
}
