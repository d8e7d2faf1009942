package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.artifact.Artifacts;
import dev.drover.core.id.ArtifactId;
import java.time.Duration;
import java.util.List;

/** Judges what a wish says of the house: its profiles, its tools, its plan, the caller's secrets. */
final class SpawnChecks {
    private final Workshop workshop;
    private final RunHooks hooks;
    private final Artifacts artifacts;

    SpawnChecks(RunRoom room) {
        this.workshop = room.workshop();
        this.artifacts = room.artifacts();
        this.hooks = room.hooks();
    }

    void check(Caller caller, String profile, RunOptions options) {
        workshop.profiles().named(caller.user().id(), profile);
        Integer seconds = options.maxSeconds();
        Duration longest = workshop.plan().longestRun();
        Refused.when(
                seconds != null && seconds > longest.toSeconds(),
                "max_duration_seconds",
                "is " + seconds + "; the plan allows at most " + longest.toSeconds());
        List<String> patterns = options.tools();
        if (patterns != null) {
            workshop.toolbox().refuseUnknown(patterns);
        }
        workshop.secrets().refuseUnknown(caller.user().id(), options.secrets());
        RunWebhook webhook = options.webhook();
        if (webhook != null) {
            hooks.check(webhook);
        }
        Json schema = options.resultSchema();
        if (schema != null) {
            workshop.schemas().misfit(schema).ifPresent(reason -> {
                throw Refused.invalid("result_schema", "is no JSON Schema: " + reason);
            });
        }
        for (RunFile file : options.files()) {
            if (file.source() instanceof RunFile.Source.Kept kept) {
                checkSeen(caller, file.path(), kept.artifact());
            }
        }
    }

    private void checkSeen(Caller caller, String path, ArtifactId artifact) {
        try {
            artifacts.owned(caller, artifact);
        } catch (Refused e) {
            if (e.problem() instanceof Problem.NotFound) {
                throw Refused.invalid("files", "has '" + path + "', whose artifact_id is no artifact of yours");
            }
            throw e;
        }
    }
}
