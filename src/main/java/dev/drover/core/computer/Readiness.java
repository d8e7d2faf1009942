package dev.drover.core.computer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether computers of a kind can be had here.
 *
 * @param isolation what a computer measured of itself; null when none could be opened
 * @param remedies what to do about each thing that is missing, as sentences; on a ready kind they are advice
 */
public record Readiness(
        String kind,
        boolean ready,
        String summary,
        @Nullable Isolation isolation,
        List<String> remedies) {
    public Readiness {
        remedies = List.copyOf(remedies);
    }
}
