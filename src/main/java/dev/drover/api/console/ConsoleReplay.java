package dev.drover.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Replay;
import org.jspecify.annotations.Nullable;

/**
 * What came of executing a run once more.
 *
 * @param over false of a run that goes on: what is stored so far was executed
 * @param entries how many there are but pieces of replies
 * @param made how many of them the loop made again
 * @param why why it was not executed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConsoleReplay(
        String runId,
        String agentId,
        boolean same,
        boolean over,
        int entries,
        int made,
        String logHash,
        @Nullable String replayHash,
        @Nullable Difference difference,
        @Nullable String why) {
    /** The first; what is missing on one side is null. */
    record Difference(
            long seq, @Nullable String logged, @Nullable String came) {}

    static ConsoleReplay of(Replay replay) {
        Replay.Difference difference = replay.difference();
        return new ConsoleReplay(
                replay.run().toString(),
                Spelling.AGENT.of(replay.agent().value()),
                replay.isSame(),
                replay.over(),
                replay.entries(),
                replay.made(),
                replay.logHash(),
                replay.replayHash(),
                difference == null ? null : new Difference(difference.seq(), difference.logged(), difference.came()),
                replay.why());
    }
}
