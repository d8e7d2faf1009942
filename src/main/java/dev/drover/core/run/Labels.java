package dev.drover.core.run;

import java.util.stream.Collectors;

/** The one line that an entry adds to the short story of its run; empty for most. */
final class Labels {
    private Labels() {}

    static String of(Entry entry) {
        return switch (entry) {
            case Entry.Noted noted -> noted.message();
            case Entry.Instructed instructed -> "Planning task…";
            case Entry.Spoken spoken -> "";
            case Entry.Consulted consulted ->
                "Looked up: "
                        + consulted.excerpts().stream()
                                .map(excerpt -> excerpt.document())
                                .distinct()
                                .collect(Collectors.joining(", "));
            case Entry.ComputerOpened opened ->
                "Computer ready (" + opened.isolation().kind() + ").";
            case Entry.Recalled recalled ->
                "Remembered: "
                        + recalled.reminders().stream()
                                .map(reminder -> reminder.key())
                                .collect(Collectors.joining(", "));
            case Entry.ModelFailed failed ->
                failed.nextTry() == null
                        ? "The model failed: " + failed.reason()
                        : "The model failed, trying again: " + failed.reason();
            case Entry.SessionBegan began -> began.line();
            case Entry.FilesPlaced placed -> placed.line();
            case Entry.WorkspaceLost lost -> lost.line();
            case Entry.ResultRefused refused -> refused.line();
            case Entry.Forked forked -> forked.line();
            case Entry.ToolCalled called -> called.call().tool();
            case Entry.EgressJudged judged -> "";
            case Entry.Charged charged -> "";
            case Entry.ModelCalled called -> "";
            case Entry.ModelSpoke spoke -> "";
            case Entry.ModelReplied replied -> "";
            case Entry.ToolShowed showed -> "";
            case Entry.ToolReturned returned -> "";
            case Entry.Ended ended -> "";
        };
    }

    /** Whether an entry tells people a step. A reply does when the model thought aloud before it went on. */
    static boolean isStep(Entry entry) {
        return switch (entry) {
            case Entry.ModelCalled called -> false;
            case Entry.ModelSpoke spoke -> false;
            case Entry.Charged charged -> false;
            case Entry.ToolShowed showed -> false;
            case Entry.ModelReplied replied -> {
                var reply = replied.reply();
                yield !reply.thinking().isBlank()
                        || (!reply.text().isBlank() && !reply.calls().isEmpty());
            }
            default -> true;
        };
    }
}
