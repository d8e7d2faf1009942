package dev.drover.provider.runtime;

import dev.drover.core.Json;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a model has said since its last whole reply. */
public final class Speech {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    public void say(String piece) {
        text.append(piece);
    }

    public void think(String piece) {
        thinking.append(piece);
    }

    public void call(String id, String tool, Json input) {
        calls.add(new ToolCall(id, tool, input));
    }

    public boolean isEmpty() {
        return text.isEmpty() && thinking.isEmpty() && calls.isEmpty();
    }

    public String text() {
        return text.toString();
    }

    /** All of it as one reply; from here on it says something new. */
    public Told.Replied reply(Usage usage, String model) {
        Reply.Stop stop = calls.isEmpty() ? Reply.Stop.END : Reply.Stop.TOOLS;
        Reply reply = new Reply(text.toString(), thinking.toString(), calls, usage, stop, model, Map.of());
        text.setLength(0);
        thinking.setLength(0);
        calls.clear();
        return new Told.Replied(reply);
    }
}
