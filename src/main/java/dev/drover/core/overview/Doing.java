package dev.drover.core.overview;

import dev.drover.core.run.EventKind;
import org.jspecify.annotations.Nullable;

/** What a run does, in a few words, as the last step that it stored tells. */
final class Doing {
    private static final int LONGEST = 160;

    private Doing() {}

    /**
     * Of a run of our own loop.
     *
     * @param kind of its last step; null when there is none
     * @param running false while it waits for its turn or its computer
     */
    static String of(@Nullable String kind, @Nullable String label, boolean running) {
        if (kind == null) {
            return "waiting";
        }
        return switch (EventKind.of(kind)) {
            case NOTED, SESSION_BEGAN, FILES_PLACED, WORKSPACE_LOST -> cut(label);
            case RESULT_REFUSED, MODEL_FAILED, FORKED -> cut(label);
            case TOOL_CALLED -> "using " + cut(label);
            case INSTRUCTED, SPOKEN -> running ? "asking the model" : "waiting for its turn";
            case COMPUTER_OPENED, CONSULTED, RECALLED, EGRESS_JUDGED -> "asking the model";
            case MODEL_CALLED, MODEL_SPOKE, MODEL_REPLIED -> "asking the model";
            case TOOL_SHOWED, TOOL_RETURNED, CHARGED -> "asking the model";
            case COMPLETED, FAILED, STOPPED -> "ending";
        };
    }

    /** Of a run of a heartbeat, which says itself what it does. */
    static String ofHeartbeat(@Nullable String message, boolean running) {
        if (!running) {
            return "waiting for its turn";
        }
        return message == null || message.isBlank() ? "working" : cut(message);
    }

    static String cut(@Nullable String text) {
        String line = text == null ? "" : text.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
