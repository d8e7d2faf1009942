package dev.drover.core.run;

import dev.drover.core.context.Excerpt;
import dev.drover.core.memory.Reminder;
import dev.drover.core.model.Message;
import dev.drover.core.model.Picture;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of a run and what is open in it. It takes entries one by one, the same way from the log after a
 * crash as from the loop while it goes, so that both give the model the same words.
 */
final class Transcript {
    /** How many pictures a model is shown at once, the newest; older ones are only the note in the tool's output. */
    static final int PICTURES = 3;

    private final List<Message> messages = new ArrayList<>();
    private final List<Entry.ToolShowed> showed = new ArrayList<>();
    private final Deque<Integer> pictures = new ArrayDeque<>();
    private final SequencedMap<String, Entry.ToolCalled> begun = new LinkedHashMap<>();
    private final Set<String> returned = new HashSet<>();
    private List<Message> earlier = List.of();
    private @Nullable String instructions;
    private @Nullable List<Excerpt> excerpts;
    private @Nullable List<Reminder> reminders;
    private @Nullable Reply last;
    private RunUsage usage = RunUsage.NONE;
    private int replies;
    private int batches;
    private int refusals;
    private boolean filesPlaced;
    private @Nullable String remark;
    private boolean hadComputer;
    private @Nullable String place;
    private boolean calledTools;
    private boolean forked;
    private @Nullable String session;

    /** Of a run whose log holds all it begins with. */
    Transcript() {}

    /** Of a run that begins with its task. */
    Transcript(String task) {
        messages.add(new Message.User(task));
    }

    /** What was said in earlier runs of the same lane. */
    void follows(List<Said> conversation) {
        earlier = conversation.stream().map(Transcript::message).toList();
    }

    private static Message message(Said said) {
        return switch (said.speaker()) {
            case USER -> new Message.User(said.text());
            case ASSISTANT ->
                new Message.Assistant(new Reply(said.text(), "", List.of(), Usage.NONE, Reply.Stop.END, "", Map.of()));
        };
    }

    void take(Entry entry) {
        usage = usage.behind(entry);
        switch (entry) {
            case Entry.ModelReplied replied -> {
                last = replied.reply();
                replies++;
                batches += replied.reply().calls().isEmpty() ? 0 : 1;
                begun.clear();
                returned.clear();
                messages.add(new Message.Assistant(replied.reply()));
            }
            case Entry.Instructed instructed -> instructions = instructed.text();
            case Entry.Spoken spoken -> messages.add(message(spoken.said()));
            case Entry.Consulted consulted -> excerpts = consulted.excerpts();
            case Entry.Recalled recalled -> reminders = recalled.reminders();
            case Entry.ToolShowed picture -> showed.add(picture);
            case Entry.SessionBegan began -> session = began.session();
            case Entry.ToolCalled called -> {
                calledTools = true;
                begun.put(called.call().id(), called);
            }
            case Entry.ToolReturned result -> {
                returned.add(result.callId());
                add(result);
                say();
            }
            case Entry.FilesPlaced placed -> filesPlaced = true;
            case Entry.WorkspaceLost lost -> {
                filesPlaced = false;
                remark = lost.line();
                say();
            }
            case Entry.ComputerOpened opened -> {
                hadComputer = true;
                place = opened.place();
            }
            case Entry.ResultRefused refused -> refuse(refused);
            case Entry.Forked forkedNow -> fork();
            default -> {
                // Remarks, attempts and pieces of replies are for people, not for the model.
            }
        }
    }

    /** Vendors take nothing between calls and their results. */
    private void say() {
        String words = remark;
        if (words != null && openCalls().isEmpty()) {
            messages.add(new Message.User(words));
            remark = null;
        }
    }

    private void add(Entry.ToolReturned result) {
        List<Picture> shown = showed.stream()
                .filter(each -> each.callId().equals(result.callId()))
                .map(Entry.ToolShowed::picture)
                .toList();
        showed.clear();
        shown.forEach(_ -> pictures.add(messages.size()));
        messages.add(new Message.ToolOutcome(result.callId(), result.tool(), result.output(), result.isError(), shown));
        while (pictures.size() > PICTURES) {
            int oldest = pictures.remove();
            if (messages.get(oldest) instanceof Message.ToolOutcome outcome) {
                messages.set(oldest, outcome.withoutFirstPicture());
            }
        }
    }

    /** What the computer of another run had in it is not in ours. */
    private void fork() {
        forked = true;
        filesPlaced = false;
        hadComputer = false;
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

    /** Whether one was opened for it. */
    boolean hadComputer() {
        return hadComputer;
    }

    /** Whether what it wrote into its workspace lies at a place, as far as its log says. */
    boolean worksAt(String here) {
        return place == null || place.equals(here);
    }

    /** The newest session of the program that works; null while it has told none. */
    @Nullable String session() {
        return session;
    }

    /** Whether any tool ever began. */
    boolean calledTools() {
        return calledTools;
    }

    /** With those of earlier runs. */
    List<Message> messages() {
        return Stream.concat(earlier.stream(), messages.stream()).toList();
    }

    /** The run's own words before all; null when its profile's will do. */
    @Nullable String instructions() {
        return instructions;
    }

    /** Whether it began in another run, in another computer. */
    boolean isForked() {
        return forked;
    }

    /** Null while nobody has looked. */
    @Nullable List<Excerpt> excerpts() {
        return excerpts;
    }

    /** The newest message of the user that the run came with. */
    Optional<String> question() {
        return messages.reversed().stream()
                .flatMap(message -> message instanceof Message.User user ? Stream.of(user.text()) : Stream.empty())
                .findFirst();
    }

    /** Null while nobody has looked. */
    @Nullable List<Reminder> reminders() {
        return reminders;
    }

    /** How many replies there are: an iteration is one model call that was answered. */
    int iterations() {
        return replies;
    }

    /** How many replies call for tools, one or more. */
    int batches() {
        return batches;
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
