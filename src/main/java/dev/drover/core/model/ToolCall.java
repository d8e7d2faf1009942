package dev.drover.core.model;

import dev.drover.core.Json;

/**
 * A model's wish to use a tool. The id is unique in its conversation, minted by the provider where the vendor gives
 * none; the input is what the model wrote, which may not be JSON at all.
 */
public record ToolCall(String id, String tool, Json input) {}
