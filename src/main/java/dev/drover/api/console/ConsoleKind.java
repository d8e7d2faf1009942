package dev.drover.api.console;

import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.run.EventKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of events of a whole log, one for each kind of entry. */
enum ConsoleKind {
    NOTED(EventKind.NOTED),
    INSTRUCTED(EventKind.INSTRUCTED),
    SPOKEN(EventKind.SPOKEN),
    CONSULTED(EventKind.CONSULTED),
    COMPUTER_OPENED(EventKind.COMPUTER_OPENED),
    RECALLED(EventKind.RECALLED),
    EGRESS(EventKind.EGRESS_JUDGED),
    MODEL_CALLED(EventKind.MODEL_CALLED),
    MODEL_DELTA(EventKind.MODEL_SPOKE),
    MODEL_FAILED(EventKind.MODEL_FAILED),
    MODEL_REPLIED(EventKind.MODEL_REPLIED),
    TOOL_CALLED(EventKind.TOOL_CALLED),
    PICTURE(EventKind.TOOL_SHOWED),
    TOOL_RETURNED(EventKind.TOOL_RETURNED),
    SESSION_BEGAN(EventKind.SESSION_BEGAN),
    CHARGED(EventKind.CHARGED),
    FILES_PLACED(EventKind.FILES_PLACED),
    WORKSPACE_LOST(EventKind.WORKSPACE_LOST),
    RESULT_REFUSED(EventKind.RESULT_REFUSED),
    FORKED(EventKind.FORKED),
    COMPLETED(EventKind.COMPLETED),
    FAILED(EventKind.FAILED),
    STOPPED(EventKind.STOPPED);

    private final EventKind entry;

    ConsoleKind(EventKind entry) {
        this.entry = entry;
    }

    static ConsoleKind of(EventKind entry) {
        return Arrays.stream(values())
                .filter(kind -> kind.entry == entry)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no word for " + entry));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The entries behind a comma-separated list of kinds; none for all. */
    static Set<EventKind> entries(@Nullable String list) {
        Set<EventKind> wanted = EnumSet.noneOf(EventKind.class);
        if (list != null) {
            for (String word : list.split(",", -1)) {
                wanted.add(named(word.strip()).entry);
            }
        }
        return wanted;
    }

    private static ConsoleKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Rejected(new Rejection.QueryMisfit(
                        "kind", "must hold kinds out of " + words() + ", but holds '" + word + "'")));
    }

    private static String words() {
        return Arrays.stream(values()).map(ConsoleKind::word).collect(Collectors.joining(", "));
    }
}
