package dev.drover.core.runtime;

import dev.drover.core.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for a program.
 *
 * @param prompt what it is to do
 * @param instructions what it is told before all, beside its own words; may be empty
 * @param session its own conversation, which goes on; null to begin one
 * @param choice what the agent's computer says about it
 * @param servers the workspace's {@code .mcp.json}: which servers offer it more tools; null when there is none
 */
public record Order(
        String prompt,
        String instructions,
        @Nullable String session,
        Choice choice,
        @Nullable Json servers) {
    /**
     * What an agent chose about its program.
     *
     * @param model null for the program's own choice
     * @param tools what it may use; null for all that it has
     * @param servers of those in {@code .mcp.json}, which it gets; empty for all
     * @param lentKey whether it asks models with this server's key, at the computer's door
     */
    public record Choice(@Nullable String model, @Nullable List<String> tools, List<String> servers, boolean lentKey) {
        public static final Choice USUAL = new Choice(null, null, List.of(), true);

        public Choice {
            tools = tools == null ? null : List.copyOf(tools);
            servers = List.copyOf(servers);
        }
    }
}
