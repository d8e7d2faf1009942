package dev.drover.core.machine;

import dev.drover.core.Json;
import dev.drover.core.runtime.Runtimes;
import org.jspecify.annotations.Nullable;

/**
 * An agent to be made together with the computer that it keeps.
 *
 * @param name as it was wished for
 * @param instructions its system prompt; null for its profile's words
 * @param config tools and MCP servers, as they were asked for
 * @param port null for any
 */
public record NewMachine(
        String name,
        String kind,
        String runtime,
        @Nullable String runtimeModel,
        Resources resources,
        @Nullable String instructions,
        Machine.Source source,
        Json config,
        String baseImage,
        @Nullable Integer port) {
    /** What an agent is that says nothing about it. */
    public static final String USUAL_KIND = "business-assistant";

    public static final String USUAL_RUNTIME = Runtimes.DROVER;
    public static final String USUAL_IMAGE = "trinity-agent-base:latest";

    /** One that only has a name. */
    static NewMachine named(String name) {
        return new NewMachine(
                name,
                USUAL_KIND,
                USUAL_RUNTIME,
                null,
                Resources.USUAL,
                null,
                new Machine.Source(null, null, null, true),
                new Json("{}"),
                USUAL_IMAGE,
                null);
    }
}
