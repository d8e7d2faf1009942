package dev.drover.api.jettson;

import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.run.EventKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of events that clients see, and which entries of the log each stands for. */
enum JettsonKind {
    INFO,
    THINKING,
    TOOL_USE,
    TOOL_RESULT,
    END,
    ERROR,
    STOPPED;

    private Set<EventKind> entries() {
        return switch (this) {
            case INFO ->
                EnumSet.of(
                        EventKind.NOTED,
                        EventKind.COMPUTER_OPENED,
                        EventKind.INSTRUCTED,
                        EventKind.SPOKEN,
                        EventKind.CONSULTED,
                        EventKind.RECALLED,
                        EventKind.EGRESS_JUDGED,
                        EventKind.MODEL_FAILED,
                        EventKind.SESSION_BEGAN,
                        EventKind.FILES_PLACED,
                        EventKind.WORKSPACE_LOST,
                        EventKind.RESULT_REFUSED,
                        EventKind.FORKED);
            case THINKING -> EnumSet.of(EventKind.MODEL_REPLIED);
            case TOOL_USE -> EnumSet.of(EventKind.TOOL_CALLED);
            case TOOL_RESULT -> EnumSet.of(EventKind.TOOL_RETURNED);
            case END -> EnumSet.of(EventKind.COMPLETED);
            case ERROR -> EnumSet.of(EventKind.FAILED);
            case STOPPED -> EnumSet.of(EventKind.STOPPED);
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The entries behind a comma-separated list of kinds; none for all. */
    static Set<EventKind> entries(@Nullable String list) {
        Set<EventKind> wanted = EnumSet.noneOf(EventKind.class);
        if (list != null) {
            for (String word : list.split(",", -1)) {
                wanted.addAll(named(word.strip()).entries());
            }
        }
        return wanted;
    }

    private static JettsonKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Rejected(new Rejection.QueryMisfit(
                        "kind", "must hold kinds out of " + words() + ", but holds '" + word + "'")));
    }

    private static String words() {
        return Arrays.stream(values()).map(JettsonKind::word).collect(Collectors.joining(", "));
    }
}
