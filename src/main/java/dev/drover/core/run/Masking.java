package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.computer.Isolation;
import dev.drover.core.context.Excerpt;
import dev.drover.core.credential.Mask;
import dev.drover.core.memory.Reminder;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the values of a run's secrets out of whatever is stored of the run, and so out of what its model reads. */
record Masking(Mask mask) {
    Entry of(Entry entry) {
        return switch (entry) {
            case Entry.Noted noted -> new Entry.Noted(mask.hide(noted.message()));
            case Entry.Instructed instructed -> new Entry.Instructed(mask.hide(instructed.text()));
            case Entry.Spoken spoken ->
                new Entry.Spoken(new Said(
                        spoken.said().speaker(), mask.hide(spoken.said().text())));
            case Entry.Consulted consulted ->
                new Entry.Consulted(consulted.excerpts().stream()
                        .map(excerpt -> new Excerpt(mask.hide(excerpt.document()), mask.hide(excerpt.text())))
                        .toList());
            case Entry.ComputerOpened opened -> new Entry.ComputerOpened(of(opened.isolation()), opened.place());
            case Entry.Recalled recalled -> of(recalled);
            case Entry.SessionBegan began -> began;
            case Entry.Charged charged -> charged;
            case Entry.ModelCalled called -> called;
            case Entry.ModelSpoke spoke -> new Entry.ModelSpoke(spoke.iteration(), of(spoke.delta()));
            case Entry.ModelFailed failed ->
                new Entry.ModelFailed(
                        failed.iteration(), failed.attempt(), mask.hide(failed.reason()), failed.nextTry());
            case Entry.ModelReplied replied -> new Entry.ModelReplied(replied.iteration(), of(replied.reply()));
            case Entry.ToolCalled called -> new Entry.ToolCalled(called.iteration(), of(called.call()));
            // What a picture shows of a value can neither be found nor covered.
            case Entry.ToolShowed showed -> showed;
            case Entry.ToolReturned returned -> of(returned);
            case Entry.EgressJudged judged -> of(judged);
            case Entry.FilesPlaced placed -> placed;
            case Entry.WorkspaceLost lost -> lost;
            case Entry.ResultRefused refused ->
                new Entry.ResultRefused(refused.iteration(), mask.hide(refused.reason()));
            case Entry.Forked forked -> forked;
            case Entry.Ended ended -> of(ended);
        };
    }

    private Entry of(Entry.Recalled recalled) {
        return new Entry.Recalled(recalled.reminders().stream()
                .map(reminder ->
                        new Reminder(reminder.namespace(), mask.hide(reminder.key()), mask.hide(reminder.value())))
                .toList());
    }

    private Entry of(Entry.EgressJudged judged) {
        String reason = judged.reason();
        return new Entry.EgressJudged(
                mask.hide(judged.target()), reason == null ? null : mask.hide(reason), judged.times());
    }

    Entry.Ended of(Entry.Ended ended) {
        return switch (ended) {
            case Entry.Completed completed -> new Entry.Completed(mask.hide(completed.result()));
            case Entry.Failed failed -> new Entry.Failed(failed.reason(), mask.hide(failed.message()));
            case Entry.Stopped stopped -> stopped;
        };
    }

    Entry.ToolReturned of(Entry.ToolReturned returned) {
        return new Entry.ToolReturned(
                returned.iteration(),
                returned.callId(),
                mask.hide(returned.tool()),
                mask.hide(returned.output()),
                returned.isError(),
                returned.inDoubt(),
                returned.millis());
    }

    Reply of(Reply reply) {
        return new Reply(
                mask.hide(reply.text()),
                mask.hide(reply.thinking()),
                reply.calls().stream().map(this::of).toList(),
                reply.usage(),
                reply.stop(),
                reply.model(),
                of(reply.vendor()));
    }

    private ToolCall of(ToolCall call) {
        return new ToolCall(call.id(), mask.hide(call.tool()), mask.hide(call.input()));
    }

    private Delta of(Delta delta) {
        return switch (delta) {
            case Delta.Text text -> new Delta.Text(mask.hide(text.text()));
            case Delta.Thinking thinking -> new Delta.Thinking(mask.hide(thinking.text()));
        };
    }

    private Isolation of(Isolation isolation) {
        return new Isolation(isolation.kind(), of(isolation.facts()));
    }

    private Map<String, String> of(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> mask.hide(new Json(entry.getValue())).text()));
    }

    @Nullable RunChange of(@Nullable RunChange change) {
        if (!(change instanceof RunChange.Ended ended)) {
            return change;
        }
        String result = ended.result();
        return new RunChange.Ended(ended.status(), result == null ? null : mask.hide(result), ended.error());
    }
}
