package dev.drover.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Shortened;
import dev.drover.core.artifact.Artifact;
import dev.drover.core.computer.Isolation;
import dev.drover.core.egress.Network;
import dev.drover.core.id.Spelling;
import dev.drover.core.run.Brief;
import dev.drover.core.run.Run;
import dev.drover.core.run.RunDetail;
import dev.drover.core.run.RunOptions;
import dev.drover.core.run.Why;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All about one run but its log.
 *
 * @param task all of it
 * @param runtime the program that works it; null for Drover's own loop
 * @param result the final answer, at most 64 KiB of it: the last event has all
 * @param message what went wrong, in words
 * @param isolation as it was measured; null when it had no computer
 * @param lastSeq where its log ends
 */
record ConsoleRunDetail(
        ConsoleRun run,
        String task,
        @Nullable String runtime,
        Limits limits,
        Computer computer,
        @Nullable Isolated isolation,
        @Nullable String result,
        @Nullable String message,
        Waiting why,
        List<File> artifacts,
        ConsoleAgentCard agent,
        long lastSeq) {
    private static final int LONGEST_RESULT = 64 * 1024;

    /**
     * What was said of it when it began.
     *
     * @param tools patterns of the tools it may use; null for all
     * @param network full, none or allow
     * @param hosts where {@code network} is allow
     * @param secrets the names of those it sees
     */
    record Limits(
            @Nullable Integer maxDurationSeconds,
            @Nullable Integer maxIterations,
            @Nullable List<String> tools,
            String network,
            List<String> hosts,
            @Nullable JsonNode resultSchema,
            Map<String, String> metadata,
            List<String> secrets,
            List<String> artifacts) {
        static Limits of(RunOptions options, @Nullable Brief brief) {
            return new Limits(
                    options.maxSeconds(),
                    brief == null ? options.maxIterations() : Integer.valueOf(brief.steps()),
                    options.tools(),
                    word(options.network()),
                    options.network() instanceof Network.Allow allow ? allow.hosts() : List.of(),
                    options.resultSchema() == null
                            ? null
                            : JsonCodec.tolerant(options.resultSchema().text()),
                    options.metadata(),
                    options.secrets(),
                    options.artifacts());
        }

        private static String word(Network network) {
            return switch (network) {
                case Network.Full full -> "full";
                case Network.None none -> "none";
                case Network.Allow allow -> "allow";
            };
        }
    }

    /** Where it works, and how that place stands: starting, running, stopping or destroyed. */
    record Computer(String region, String status) {
        static Computer of(Run run) {
            return new Computer(run.region(), ConsoleEvents.word(run.computer()));
        }
    }

    /** The kind of computer, and the facts that were found in it. */
    record Isolated(String kind, Map<String, String> facts) {
        static Isolated of(Isolation isolation) {
            return new Isolated(isolation.kind(), new TreeMap<>(isolation.facts()));
        }
    }

    /**
     * Why it stands where it stands.
     *
     * @param waitingFor null when it waits for nothing but the step in flight
     * @param unblock who can do what about it
     */
    record Waiting(
            String doing,
            @Nullable String waitingFor,
            Instant since,
            @Nullable Instant until,
            String unblock,
            @Nullable String node) {
        static Waiting of(Why why) {
            Why.Waiter waiter = why.waitingFor();
            Why.Holder holder = why.holder();
            return new Waiting(
                    why.doing(),
                    waiter == null ? null : ConsoleEvents.word(waiter),
                    why.since(),
                    why.until(),
                    why.unblock(),
                    holder == null ? null : holder.node().toString());
        }
    }

    /** A file that the agent left, in this run or another. */
    record File(String artifactId, String path, long sizeBytes, String mimeType, String sha256, Instant createdAt) {
        static File of(Artifact artifact) {
            return new File(
                    Spelling.ARTIFACT.of(artifact.id().value()),
                    artifact.path(),
                    artifact.size(),
                    artifact.mimeType(),
                    artifact.sha256(),
                    artifact.createdAt());
        }
    }

    static ConsoleRunDetail of(RunDetail detail) {
        Run run = detail.run().run();
        Brief brief = detail.brief();
        return new ConsoleRunDetail(
                ConsoleRun.of(detail.run()),
                run.task(),
                brief == null ? null : brief.runtime(),
                Limits.of(detail.options(), brief),
                Computer.of(run),
                detail.isolation() == null ? null : Isolated.of(detail.isolation()),
                run.result() == null ? null : Shortened.start(run.result(), LONGEST_RESULT),
                detail.failure(),
                Waiting.of(detail.why()),
                detail.artifacts().stream().map(File::of).toList(),
                ConsoleAgentCard.of(detail.agent()),
                detail.end());
    }
}
