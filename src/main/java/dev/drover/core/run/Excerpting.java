package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.model.Reply;
import dev.drover.core.model.Usage;
import java.util.ArrayList;
import java.util.List;

/** Takes the beginning of a log for another run: as it was, but for what is to be changed at its last step. */
record Excerpting(ForkRun order) {
    /** @param events up to the step of the order, without pieces of replies */
    List<Entry> of(List<Event> events) {
        List<Entry> entries = new ArrayList<>();
        events.forEach(event -> entries.add(unpaid(event.entry())));
        edit(entries);
        if (entries.getLast() instanceof Entry.Ended) {
            dropEnd(entries);
        }
        return entries;
    }

    /** What the other run has used is not used again. */
    private static Entry unpaid(Entry entry) {
        return entry instanceof Entry.ModelReplied replied
                ? new Entry.ModelReplied(
                        replied.iteration(),
                        with(replied.reply(), replied.reply().text()))
                : entry;
    }

    private static Reply with(Reply reply, String text) {
        return new Reply(
                text, reply.thinking(), reply.calls(), Usage.NONE, reply.stop(), reply.model(), reply.vendor());
    }

    /** The last answer goes with the end that it made, so that the model is asked for another. */
    private static void dropEnd(List<Entry> entries) {
        entries.removeLast();
        for (int at = entries.size() - 1; at >= 0; at--) {
            if (entries.get(at) instanceof Entry.ModelReplied replied) {
                if (replied.reply().calls().isEmpty() && !isRefusedAfter(entries, at)) {
                    entries.remove(at);
                }
                return;
            }
        }
    }

    private static boolean isRefusedAfter(List<Entry> entries, int at) {
        return entries.subList(at, entries.size()).stream().anyMatch(Entry.ResultRefused.class::isInstance);
    }

    private void edit(List<Entry> entries) {
        Entry last = entries.getLast();
        switch (order.edit()) {
            case ForkRun.Edit.Text edit
            when last instanceof Entry.ModelReplied replied ->
                entries.set(
                        entries.size() - 1,
                        new Entry.ModelReplied(replied.iteration(), with(replied.reply(), edit.text())));
            case ForkRun.Edit.Output edit
            when last instanceof Entry.ToolReturned returned -> {
                // What it showed belongs to what it said.
                entries.removeIf(entry -> entry instanceof Entry.ToolShowed showed
                        && showed.callId().equals(returned.callId()));
                entries.set(
                        entries.size() - 1,
                        new Entry.ToolReturned(
                                returned.iteration(),
                                returned.callId(),
                                returned.tool(),
                                edit.output(),
                                edit.isError(),
                                returned.inDoubt(),
                                returned.millis()));
            }
            case ForkRun.Edit.Text _ ->
                throw misfit("has a text, but step " + order.at() + " is " + kind(last)
                        + "; name a step at which the model says something (kind thinking)");
            case ForkRun.Edit.Output _ ->
                throw misfit("has an output, but step " + order.at() + " is " + kind(last)
                        + "; name the step of a tool_result");
            case ForkRun.Edit.Task _ -> {
                // It stands in no entry.
            }
            case null -> {
                // As it was.
            }
        }
    }

    private static String kind(Entry entry) {
        return switch (entry) {
            case Entry.ModelReplied _ -> "words of the model";
            case Entry.ToolCalled _ -> "a tool_use";
            case Entry.ToolReturned _ -> "a tool_result";
            case Entry.Ended _ -> "the end";
            default -> "a remark";
        };
    }

    private static Refused misfit(String reason) {
        return Refused.invalid("edit", reason);
    }
}
