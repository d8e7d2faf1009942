package dev.drover.provider.telemetry;

import dev.drover.core.model.Reply;
import dev.drover.core.model.Usage;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.RunWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The span of one server's work on a run, and those of its steps. */
final class OpenTelemetryWatch implements RunWatch {
    private static final AttributeKey<List<String>> FINISH =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

    private final Tracer tracer;
    private final Span run;
    private final Context below;
    private final Clock clock;
    private Usage used = Usage.NONE;

    OpenTelemetryWatch(Tracer tracer, Span run, Clock clock) {
        this.tracer = tracer;
        this.run = run;
        this.below = Context.root().with(run);
        this.clock = clock;
    }

    @Override
    public void modelAsked(ModelAttempt attempt) {
        GenAi.Model model = GenAi.Model.of(attempt.model());
        Span span = step(GenAi.CHAT, model.name(), SpanKind.CLIENT, attempt.began(), attempt.iteration());
        for (Span asking : List.of(span, run)) {
            asking.setAttribute(GenAi.PROVIDER, model.provider());
            asking.setAttribute(GenAi.REQUEST_MODEL, model.name());
        }
        span.setAttribute("drover.attempt", attempt.attempt());
        Answer answer = attempt.answer();
        if (answer != null) {
            span.setAttribute("gen_ai.response.model", answer.model());
            span.setAttribute(FINISH, List.of(finish(answer.stop())));
            tell(span, answer.usage());
            used = used.plus(answer.usage());
        }
        end(span, attempt.outcome(), attempt.ended());
    }

    @Override
    public void toolRan(ToolAttempt attempt) {
        Span span = step(GenAi.EXECUTE_TOOL, attempt.tool(), SpanKind.INTERNAL, attempt.began(), attempt.iteration());
        span.setAttribute(GenAi.TOOL, attempt.tool());
        span.setAttribute("gen_ai.tool.type", "function");
        span.setAttribute("gen_ai.tool.call.id", attempt.callId());
        end(span, attempt.outcome(), attempt.ended());
    }

    @Override
    public void left(RunStatus status, @Nullable FailureReason error) {
        run.setAttribute("drover.run.status", GenAi.word(status));
        tell(run, used);
        if (error != null) {
            run.setAttribute(GenAi.ERROR, GenAi.word(error));
            run.setStatus(StatusCode.ERROR);
        }
        run.end(clock.instant());
    }

    private Span step(String operation, String object, SpanKind kind, Instant began, int iteration) {
        return tracer.spanBuilder(operation + " " + object)
                .setParent(below)
                .setSpanKind(kind)
                .setStartTimestamp(began)
                .setAttribute(GenAi.OPERATION, operation)
                .setAttribute("drover.iteration", iteration)
                .startSpan();
    }

    private static void end(Span span, Outcome outcome, Instant at) {
        if (outcome != Outcome.OK) {
            span.setAttribute(GenAi.ERROR, GenAi.word(outcome));
            span.setStatus(StatusCode.ERROR);
        }
        span.end(at);
    }

    private static void tell(Span span, Usage usage) {
        span.setAttribute("gen_ai.usage.input_tokens", usage.inputTokens());
        span.setAttribute("gen_ai.usage.output_tokens", usage.outputTokens());
        span.setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cacheReadTokens());
        span.setAttribute("gen_ai.usage.cache_creation.input_tokens", usage.cacheWriteTokens());
    }

    /** As the conventions' own message format says it. */
    private static String finish(Reply.Stop stop) {
        return switch (stop) {
            case END -> "stop";
            case TOOLS -> "tool_call";
            case LENGTH -> "length";
            case REFUSED -> "content_filter";
            case OTHER -> "other";
        };
    }
}
