package dev.drover.core.run;

import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Gives the calls that a run ends under a result each, so that no tool is seen to begin and never to end. */
final class OpenCalls {
    private static final String STOPPED = "stopped before it finished";

    private OpenCalls() {}

    /**
     * The entries that end a run: the results of what is under way, then the end itself.
     *
     * @param failed the result of a call that could not be seen through, and why
     */
    static List<Entry> closed(Transcript transcript, BiFunction<ToolCall, String, ToolResult> failed, Entry.Ended end) {
        List<Entry> entries = new ArrayList<>();
        for (Entry.ToolCalled called : transcript.callsUnderWay()) {
            ToolCall call = called.call();
            ToolResult result = failed.apply(call, STOPPED);
            entries.add(new Entry.ToolReturned(
                    called.iteration(), call.id(), call.tool(), result.output(), true, false, 0));
        }
        entries.add(end);
        return entries;
    }
}
