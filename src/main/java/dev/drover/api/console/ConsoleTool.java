package dev.drover.api.console;

import dev.drover.core.overview.Offers;
import java.util.List;

/**
 * A tool that a task may name.
 *
 * @param usual whether tasks that name none have it
 */
record ConsoleTool(String name, String description, boolean usual) {
    static ConsoleTool of(Offers.Tool tool) {
        return new ConsoleTool(tool.name(), tool.description(), tool.usual());
    }

    /** All of them. */
    record All(List<ConsoleTool> data) {}
}
