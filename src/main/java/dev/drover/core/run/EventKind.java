package dev.drover.core.run;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The kinds of entry a log holds, one for each record of {@link Entry}. */
public enum EventKind {
    NOTED,
    INSTRUCTED,
    SPOKEN,
    CONSULTED,
    COMPUTER_OPENED,
    RECALLED,
    EGRESS_JUDGED,
    MODEL_CALLED,
    MODEL_SPOKE,
    MODEL_FAILED,
    MODEL_REPLIED,
    TOOL_CALLED,
    TOOL_SHOWED,
    TOOL_RETURNED,
    SESSION_BEGAN,
    CHARGED,
    FILES_PLACED,
    WORKSPACE_LOST,
    RESULT_REFUSED,
    FORKED,
    COMPLETED,
    FAILED,
    STOPPED;

    /** Those kinds and all ends. */
    static Set<EventKind> withEnds(Set<EventKind> kinds) {
        Set<EventKind> all = EnumSet.of(COMPLETED, FAILED, STOPPED);
        all.addAll(kinds);
        return Set.copyOf(all);
    }

    /** As it is stored. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind stored under that word. */
    public static EventKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public static EventKind of(Entry entry) {
        return switch (entry) {
            case Entry.Noted noted -> NOTED;
            case Entry.Instructed instructed -> INSTRUCTED;
            case Entry.Spoken spoken -> SPOKEN;
            case Entry.Consulted consulted -> CONSULTED;
            case Entry.ComputerOpened opened -> COMPUTER_OPENED;
            case Entry.Recalled recalled -> RECALLED;
            case Entry.EgressJudged judged -> EGRESS_JUDGED;
            case Entry.ModelCalled called -> MODEL_CALLED;
            case Entry.ModelSpoke spoke -> MODEL_SPOKE;
            case Entry.ModelFailed failed -> MODEL_FAILED;
            case Entry.ModelReplied replied -> MODEL_REPLIED;
            case Entry.ToolCalled called -> TOOL_CALLED;
            case Entry.ToolShowed showed -> TOOL_SHOWED;
            case Entry.ToolReturned returned -> TOOL_RETURNED;
            case Entry.SessionBegan began -> SESSION_BEGAN;
            case Entry.Charged charged -> CHARGED;
            case Entry.FilesPlaced placed -> FILES_PLACED;
            case Entry.WorkspaceLost lost -> WORKSPACE_LOST;
            case Entry.ResultRefused refused -> RESULT_REFUSED;
            case Entry.Forked forked -> FORKED;
            case Entry.Completed completed -> COMPLETED;
            case Entry.Failed failed -> FAILED;
            case Entry.Stopped stopped -> STOPPED;
        };
    }
}
