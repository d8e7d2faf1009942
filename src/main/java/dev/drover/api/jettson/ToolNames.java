package dev.drover.api.jettson;

/** How tools are called here: with a prefix, because users' prompts mention those names (contract, section 8). */
public record ToolNames(String prefix) {
    public static final ToolNames JETTSON = new ToolNames("jettson_");

    String of(String core) {
        return prefix + core;
    }

    /** The line of a tool call, its arguments left out. */
    String call(String core) {
        return of(core) + "(…)";
    }
}
