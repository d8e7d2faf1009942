package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What came of executing a run once more from its log.
 *
 * @param over whether the log tells its end; of a run that goes on, what is stored so far was executed
 * @param entries how many entries were gone through
 * @param made how many of them the loop made again; the others came from outside and were taken from the log
 * @param logHash over what the log says
 * @param replayHash over what came of it this time; null when it was not executed
 * @param difference the first; null when there is none
 * @param why why it was not executed; null when it was
 */
public record Replay(
        RunId run,
        AgentId agent,
        boolean over,
        int entries,
        int made,
        String logHash,
        @Nullable String replayHash,
        @Nullable Difference difference,
        @Nullable String why) {
    /** Whether it came to the same. */
    public boolean isSame() {
        return difference == null && logHash.equals(replayHash);
    }

    /**
     * Where two ways part.
     *
     * @param seq the place among all events of the log
     * @param logged what stands there; null when the log ends before
     * @param came what came this time; null when nothing did
     */
    public record Difference(
            long seq, @Nullable String logged, @Nullable String came) {
        private static final int BEFORE = 60;
        private static final int BEHIND = 300;

        /** With so much of both as shows where they part; nothing where one is empty. */
        static Difference between(long seq, String logged, String came) {
            int same = 0;
            while (same < Math.min(logged.length(), came.length()) && logged.charAt(same) == came.charAt(same)) {
                same++;
            }
            return new Difference(seq, cut(logged, same), cut(came, same));
        }

        private static @Nullable String cut(String text, int place) {
            if (text.isEmpty()) {
                return null;
            }
            int from = Math.max(0, place - BEFORE);
            int to = Math.min(text.length(), place + BEHIND);
            String kind = from == 0 ? "" : text.substring(0, Math.min(from, text.indexOf(' ') + 1)) + "...";
            return kind + text.substring(from, to) + (to == text.length() ? "" : "...");
        }
    }
}
