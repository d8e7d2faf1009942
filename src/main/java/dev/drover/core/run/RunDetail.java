package dev.drover.core.run;

import dev.drover.core.artifact.Artifact;
import dev.drover.core.computer.Isolation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one run but its log.
 *
 * @param options what was said of it when it began, as it is kept
 * @param brief how it is asked; null when as its agent's profile says
 * @param isolation as measured in its newest computer; null when it had none
 * @param failure what went wrong, in words; null when nothing did
 * @param artifacts what its agent left, in this run or another
 * @param end where its log ends
 */
public record RunDetail(
        SeenRun run,
        RunOptions options,
        @Nullable Brief brief,
        @Nullable Isolation isolation,
        @Nullable String failure,
        Why why,
        List<Artifact> artifacts,
        SeenAgent agent,
        long end) {
    public RunDetail {
        artifacts = List.copyOf(artifacts);
    }
}
