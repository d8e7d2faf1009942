package dev.drover.core.model;

import dev.drover.core.Json;

/** One entry of a conversation. */
public sealed interface Message {
    record User(String text) implements Message {}

    /** What the model said before; carried whole, so that vendors get their own opaque parts back. */
    record Assistant(Reply reply) implements Message {}

    /** What came of one tool call of the assistant message before it; an error is a result too. */
    record ToolOutcome(String callId, String tool, Json output, boolean isError) implements Message {}
}
