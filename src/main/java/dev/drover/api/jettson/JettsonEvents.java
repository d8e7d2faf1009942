package dev.drover.api.jettson;

import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Shortened;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.tool.ToolStyle;
import java.util.stream.Collectors;

/** Tells each entry of a log in Jettson's words. */
final class JettsonEvents {
    /** Of a tool, in bytes: 16 KiB. */
    private static final int LONGEST_OUTPUT = 16 * 1024;

    private JettsonEvents() {}

    static JettsonEvent of(Event event, ToolStyle style) {
        return switch (event.entry()) {
            case Entry.Noted noted -> JettsonEvent.of(event, JettsonKind.INFO, noted.message(), null);
            case Entry.Instructed instructed ->
                JettsonEvent.of(event, JettsonKind.INFO, "Instructions: " + instructed.text(), null);
            case Entry.Spoken spoken ->
                JettsonEvent.of(
                        event,
                        JettsonKind.INFO,
                        JettsonAgent.word(spoken.said().speaker()) + ": "
                                + spoken.said().text(),
                        null);
            case Entry.Consulted consulted -> JettsonEvent.of(event, JettsonKind.INFO, lookedUp(consulted), null);
            case Entry.ComputerOpened opened ->
                JettsonEvent.of(
                        event,
                        JettsonKind.INFO,
                        "Computer ready: " + opened.isolation().kind(),
                        null);
            case Entry.Recalled recalled -> JettsonEvent.of(event, JettsonKind.INFO, remembered(recalled), null);
            case Entry.EgressJudged judged -> JettsonEvent.of(event, JettsonKind.INFO, judgement(judged), null);
            case Entry.ModelCalled called ->
                JettsonEvent.of(event, JettsonKind.INFO, "Asking the model", called.iteration());
            case Entry.ModelSpoke spoke ->
                JettsonEvent.of(event, JettsonKind.THINKING, spoke.delta().text(), spoke.iteration());
            case Entry.ModelFailed failed ->
                JettsonEvent.of(event, JettsonKind.INFO, failure(failed), failed.iteration());
            case Entry.ModelReplied replied ->
                JettsonEvent.of(event, JettsonKind.THINKING, said(replied), replied.iteration());
            case Entry.SessionBegan began -> JettsonEvent.of(event, JettsonKind.INFO, began.line(), null);
            case Entry.Charged charged -> JettsonEvent.of(event, JettsonKind.INFO, "Used: " + charged.usage(), null);
            case Entry.FilesPlaced placed -> JettsonEvent.of(event, JettsonKind.INFO, placed.line(), null);
            case Entry.WorkspaceLost lost -> JettsonEvent.of(event, JettsonKind.INFO, lost.line(), null);
            case Entry.ResultRefused refused ->
                JettsonEvent.of(event, JettsonKind.INFO, refused.line(), refused.iteration());
            case Entry.Forked forked -> JettsonEvent.of(event, JettsonKind.INFO, forked.line(), null);
            case Entry.ToolCalled called -> called(event, called, style);
            case Entry.ToolShowed showed ->
                JettsonEvent.of(event, JettsonKind.INFO, showed.picture().toString(), showed.iteration());
            case Entry.ToolReturned returned -> returned(event, returned, style);
            case Entry.Completed completed -> JettsonEvent.of(event, JettsonKind.END, completed.result(), null);
            case Entry.Failed failed ->
                JettsonEvent.of(
                        event, JettsonKind.ERROR, JettsonAgent.word(failed.reason()) + ": " + failed.message(), null);
            case Entry.Stopped stopped ->
                JettsonEvent.of(event, JettsonKind.STOPPED, "Stopped by " + stopped.by(), null);
        };
    }

    private static String lookedUp(Entry.Consulted consulted) {
        return "Looked up: "
                + consulted.excerpts().stream()
                        .map(excerpt -> excerpt.document())
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static String remembered(Entry.Recalled recalled) {
        return "Remembered: "
                + recalled.reminders().stream()
                        .map(reminder -> reminder.namespace() + "/" + reminder.key())
                        .collect(Collectors.joining(", "));
    }

    private static String judgement(Entry.EgressJudged judged) {
        String reason = judged.reason();
        return (reason == null ? "Egress allowed: " : "Egress denied: ")
                + judged.target()
                + (reason == null ? "" : ": " + reason)
                + (judged.times() == 1 ? "" : " (" + judged.times() + " times)");
    }

    private static String failure(Entry.ModelFailed failed) {
        Long next = failed.nextTry();
        return "The model did not answer (attempt " + failed.attempt() + "): " + failed.reason()
                + (next == null ? "; no more tries" : "; next try in " + next + " ms");
    }

    private static String said(Entry.ModelReplied replied) {
        String thinking = replied.reply().thinking();
        return thinking.isBlank() ? replied.reply().text() : thinking;
    }

    private static JettsonEvent called(Event event, Entry.ToolCalled called, ToolStyle style) {
        String tool = called.call().tool();
        return JettsonEvent.of(event, JettsonKind.TOOL_USE, style.shown(tool) + "(…)", called.iteration())
                .using(
                        style.shown(tool),
                        called.call().id(),
                        JsonCodec.tolerant(called.call().input().text()));
    }

    private static JettsonEvent returned(Event event, Entry.ToolReturned returned, ToolStyle style) {
        String shown = style.shown(returned.tool());
        return JettsonEvent.of(event, JettsonKind.TOOL_RESULT, shown + ending(returned), returned.iteration())
                .returning(
                        shown,
                        returned.callId(),
                        Shortened.of(returned.output().text(), LONGEST_OUTPUT),
                        new JettsonEvent.Outcome(returned.isError(), returned.inDoubt(), returned.millis()));
    }

    private static String ending(Entry.ToolReturned returned) {
        if (returned.inDoubt()) {
            return " is in doubt";
        }
        return returned.isError() ? " failed" : " returned";
    }
}
