package dev.drover.core.run;

import dev.drover.core.memory.Reminder;
import dev.drover.core.model.Message;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of a run and what is open in it. It takes entries one by one, the same way from the log after a
 * crash as from the loop while it goes, so that both give the model the same words.
 */
final class Transcript {
    private final List<Message> messages = new ArrayList<>();
    private final SequencedMap<String, Entry.ToolCalled> begun = new LinkedHashMap<>();
    private final Set<String> returned = new HashSet<>();
    private @Nullable List<Reminder> reminders;
    private @Nullable Reply last;
    private RunUsage usage = RunUsage.NONE;
    private int replies;
    private int refusals;
    private boolean filesPlaced;

    Transcript(String task) {
        messages.add(new Message.User(task));
    }

    void take(Entry entry) {
        usage = usage.behind(entry);
        switch (entry) {
            case Entry.ModelReplied replied -> {
                last = replied.reply();
                replies++;
                begun.clear();
                returned.clear();
                messages.add(new Message.Assistant(replied.reply()));
            }
            case Entry.Recalled recalled -> reminders = recalled.reminders();
            case Entry.ToolCalled called -> begun.put(called.call().id(), called);
            case Entry.ToolReturned result -> {
                returned.add(result.callId());
                messages.add(
                        new Message.ToolOutcome(result.callId(), result.tool(), result.output(), result.isError()));
            }
            case Entry.FilesPlaced placed -> filesPlaced = true;
            case Entry.ResultRefused refused -> refuse(refused);
            default -> {
                // Remarks, attempts and pieces of replies are for people, not for the model.
            }
        }
    }

    /** The model goes on from its own answer; but vendors take no answer without a word. */
    private void refuse(Entry.ResultRefused refused) {
        refusals++;
        Reply reply = last;
        if (reply != null && reply.text().isBlank()) {
            messages.removeLast();
        }
        last = null;
        messages.add(new Message.User(ResultCheck.complaint(refused)));
    }

    /** How often the final answer did not fit. */
    int refusals() {
        return refusals;
    }

    /** What all of it used. */
    RunUsage usage() {
        return usage;
    }

    boolean hasFilesPlaced() {
        return filesPlaced;
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Null while nobody has looked. */
    @Nullable List<Reminder> reminders() {
        return reminders;
    }

    /** How many replies there are: an iteration is one model call that was answered. */
    int iterations() {
        return replies;
    }

    /** Null too when the last one was refused. */
    @Nullable Reply lastReply() {
        return last;
    }

    /** The calls of the last reply that have no result yet, in order. */
    List<ToolCall> openCalls() {
        Reply reply = last;
        return reply == null
                ? List.of()
                : reply.calls().stream()
                        .filter(call -> !returned.contains(call.id()))
                        .toList();
    }

    /** Whether the intent of an open call is on disk: it may have had its effect. */
    boolean hasBegun(ToolCall call) {
        return begun.containsKey(call.id());
    }

    /** The calls of the last reply that began and have no result, in order. */
    List<Entry.ToolCalled> callsUnderWay() {
        return begun.values().stream()
                .filter(called -> !returned.contains(called.call().id()))
                .toList();
    }
}
