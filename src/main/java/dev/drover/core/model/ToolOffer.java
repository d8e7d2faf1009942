package dev.drover.core.model;

import dev.drover.core.Json;

/** A tool as a model sees it: the name it calls, what it does, and the JSON Schema (an object) of its input. */
public record ToolOffer(String name, String description, Json inputSchema) {}
