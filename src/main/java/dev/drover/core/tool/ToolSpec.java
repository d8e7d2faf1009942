package dev.drover.core.tool;

import dev.drover.core.Json;

/**
 * What a tool says of itself.
 *
 * @param name without any dialect's prefix, as {@code shell_run}
 * @param label and {@code noun}: the words of its errors, as "Shell" and "command"
 * @param inputSchema a JSON Schema of type object
 */
public record ToolSpec(String name, String label, String noun, String description, Json inputSchema) {}
