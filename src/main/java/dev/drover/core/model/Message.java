package dev.drover.core.model;

import dev.drover.core.Json;
import java.util.List;

/** One entry of a conversation. */
public sealed interface Message {
    record User(String text) implements Message {}

    /** What the model said before; carried whole, so that vendors get their own opaque parts back. */
    record Assistant(Reply reply) implements Message {}

    /**
     * What came of one tool call of the assistant message before it; an error is a result too.
     *
     * @param pictures only for a model that can see
     */
    record ToolOutcome(String callId, String tool, Json output, boolean isError, List<Picture> pictures)
            implements Message {
        public ToolOutcome {
            pictures = List.copyOf(pictures);
        }

        public ToolOutcome(String callId, String tool, Json output, boolean isError) {
            this(callId, tool, output, isError, List.of());
        }

        public ToolOutcome withoutFirstPicture() {
            return new ToolOutcome(callId, tool, output, isError, pictures.subList(1, pictures.size()));
        }
    }
}
