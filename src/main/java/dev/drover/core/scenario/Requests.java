package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import java.util.Map;
import java.util.Optional;

/** SPI: makes calls over HTTP of templates and inputs. */
public interface Requests {
    /** What is wrong with the template, whatever fills its places; empty when nothing is. */
    Optional<Misfit> misfit(Action.Request request);

    /**
     * Fills the places, each value escaped for where it stands, and sends the request through the context's guard.
     *
     * @param credentials headers that go to the request's own origin and to no other
     * @return an object with the answer's body as {@code text}
     */
    Json send(Action.Request request, Map<String, String> credentials, Json input, ToolContext context)
            throws ToolRefusal, InterruptedException;

    /** A part of a template that does not fit, by its path in there. */
    record Misfit(String field, String reason) {}
}
