package dev.drover.core.run;

import dev.drover.core.Json;
import java.time.Duration;
import java.util.List;

/** Judges what a wish says of the house: its profiles, its tools, its plan. */
final class SpawnChecks {
    private final Workshop workshop;

    SpawnChecks(Workshop workshop) {
        this.workshop = workshop;
    }

    void check(SpawnAgent order) {
        workshop.profiles().named(order.profile());
        RunOptions options = order.options();
        Integer seconds = options.maxSeconds();
        Duration longest = workshop.plan().longestRun();
        Misfit.when(
                seconds != null && seconds > longest.toSeconds(),
                "max_duration_seconds",
                "is " + seconds + "; the plan allows at most " + longest.toSeconds());
        List<String> patterns = options.tools();
        if (patterns != null) {
            workshop.toolbox().only(patterns);
        }
        Json schema = options.resultSchema();
        if (schema != null) {
            workshop.schemas().misfit(schema).ifPresent(reason -> {
                throw Misfit.of("result_schema", "is no JSON Schema: " + reason);
            });
        }
    }
}
