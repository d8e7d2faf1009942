package dev.drover.api.jettson;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.Page;
import dev.drover.core.agent.Agent;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.FailureReason;
import dev.drover.core.run.Run;
import dev.drover.core.run.RunView;
import dev.drover.core.tool.ToolStyle;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent with the run that stands for it (contract, section 4.3). */
record JettsonAgent(
        String agentId,
        String name,
        String status,
        String task,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String finalResult,
        List<JettsonProgress> progress,
        @Nullable String error,
        String model,
        JettsonContainer container,
        Map<String, String> metadata,
        JettsonUsage usage,
        @Nullable JsonNode result,
        String origin) {
    static JettsonAgent of(RunView view, ToolStyle style) {
        Agent agent = view.agent();
        Run run = view.run();
        FailureReason error = run.error();
        return new JettsonAgent(
                id(view),
                agent.name(),
                word(run.status()),
                run.task(),
                agent.createdAt(),
                run.updatedAt(),
                run.result(),
                view.progress().stream()
                        .map(line -> JettsonProgress.of(line, style))
                        .toList(),
                error == null ? null : word(error),
                agent.profile(),
                JettsonContainer.of(run),
                view.metadata(),
                JettsonUsage.of(view, style),
                result(view),
                word(agent.origin()));
    }

    /** The final result as what it is, when it was to be JSON. */
    private static @Nullable JsonNode result(RunView view) {
        String result = view.run().result();
        return result == null || !view.structured() ? null : JsonCodec.tolerant(result);
    }

    static String id(RunView view) {
        return Spelling.AGENT.of(view.agent().id().value());
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A page of agents; its cursor is the id of the last one. */
    record Listed(List<JettsonAgent> data, @Nullable String nextCursor) {
        static Listed of(Page<RunView> page, ToolStyle style) {
            List<RunView> items = page.items();
            String next = page.next() == null || items.isEmpty() ? null : id(items.getLast());
            return new Listed(
                    items.stream().map(view -> JettsonAgent.of(view, style)).toList(), next);
        }
    }

    /** The answer to a stop: {@code stopped}, or the real status of an agent that was over before. */
    record Stopped(String agentId, String status) {
        static Stopped of(RunView view) {
            return new Stopped(id(view), word(view.run().status()));
        }
    }
}
