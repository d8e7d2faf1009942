package dev.drover.api.console;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import dev.drover.core.overview.Listed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent of any dialect in a list.
 *
 * @param id as most dialects spell it, a UUID
 * @param agentId the same as Jettson spells it
 * @param runId of what it works on or waits with
 * @param runKind run or heartbeat
 * @param doing that run's step in a few words
 */
record ConsoleAgent(
        String id,
        String agentId,
        String name,
        String slug,
        String dialect,
        String state,
        String owner,
        String model,
        List<String> tags,
        Instant createdAt,
        Instant lastActivityAt,
        @Nullable String runId,
        @Nullable String runKind,
        @Nullable String doing) {
    static ConsoleAgent of(Listed agent) {
        return new ConsoleAgent(
                agent.id().toString(),
                Spelling.AGENT.of(agent.id().value()),
                agent.name(),
                agent.slug(),
                agent.origin().word(),
                agent.state().word(),
                agent.owner(),
                agent.profile(),
                agent.tags(),
                agent.createdAt(),
                agent.activeAt(),
                agent.run() == null ? null : agent.run().toString(),
                agent.run() == null ? null : kind(agent.heartbeat()),
                agent.doing());
    }

    static String kind(boolean heartbeat) {
        return heartbeat ? "heartbeat" : "run";
    }

    /** A page of agents. */
    record Page(
            List<ConsoleAgent> data, int total, @Nullable String nextCursor) {
        static Page of(Listed.Page page) {
            return new Page(
                    page.items().stream().map(ConsoleAgent::of).toList(),
                    page.total(),
                    page.next() == null ? null : ConsoleCursor.write(page.next()));
        }
    }

    /** An agent where something else is told. */
    record Named(String id, String agentId, String name, String slug, String dialect) {
        static Named of(AgentId id, String name, String slug, Origin origin) {
            return new Named(id.toString(), Spelling.AGENT.of(id.value()), name, slug, origin.word());
        }
    }
}
