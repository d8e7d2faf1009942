package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.Refused;
import dev.drover.core.egress.Network;
import dev.drover.core.usage.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may say of one run beyond its task (Jettson contract, section 13.6). Refuses what does not fit by
 * itself; what depends on the house is judged when the run is spawned.
 *
 * @param maxSeconds null for the plan's longest run
 * @param maxIterations null for the house's own cap
 * @param tools patterns of the tools it may use; null for all that need no naming
 * @param resultSchema what the final answer must be like; null for any text
 * @param files what lies in the workspace at the start; empty once stored, since they are kept apart
 * @param secrets names of the caller's secrets that the run sees
 * @param artifacts globs of files to keep, beside those under {@code /workspace/artifacts}
 */
public record RunOptions(
        @Nullable Integer maxSeconds,
        @Nullable Integer maxIterations,
        @Nullable List<String> tools,
        Network network,
        @Nullable Json resultSchema,
        RunMemory memory,
        Map<String, String> metadata,
        List<RunFile> files,
        List<String> secrets,
        List<String> artifacts,
        @Nullable RunWebhook webhook) {
    public static final int MOST_ITERATIONS = 1_000;

    /** What a run is like about which nothing was said. */
    public static final RunOptions NONE = new RunOptions(
            null,
            null,
            null,
            new Network.Full(),
            null,
            RunMemory.USUAL,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            null);

    private static final int LARGEST_SCHEMA = 64 * 1024;
    private static final int MOST_FILES = 50;
    private static final int MOST_GLOBS = 20;
    private static final int MOST_NAMES = 200;
    private static final Pattern SECRET = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[^*\\s/:@]{1,253}|\\[[0-9a-fA-F:.]+]");

    public RunOptions {
        tools = tools == null ? null : List.copyOf(tools);
        files = List.copyOf(files);
        secrets = secrets.stream().distinct().toList();
        artifacts = List.copyOf(artifacts);
        between(maxSeconds, Integer.MAX_VALUE, "max_duration_seconds");
        between(maxIterations, MOST_ITERATIONS, "max_iterations");
        most(tools == null ? List.of() : tools, MOST_NAMES, "tools");
        hosts(network);
        if (resultSchema != null) {
            int size = resultSchema.text().getBytes(StandardCharsets.UTF_8).length;
            Refused.when(size > LARGEST_SCHEMA, "result_schema", "is " + size + " bytes of JSON; at most 65,536");
        }
        metadata = Metadata.checked(metadata);
        most(files, MOST_FILES, "files");
        most(secrets, MOST_NAMES, "secrets");
        for (String name : secrets) {
            Refused.when(
                    !SECRET.matcher(name).matches(),
                    "secrets",
                    "names '" + name + "', which is no secret's name: capitals, digits and _, at most 64");
        }
        most(artifacts, MOST_GLOBS, "artifacts");
        artifacts.forEach(Globs::check);
    }

    /** What the run may last: as the caller said, within the plan. */
    Duration longest(Plan plan) {
        Duration allowed = plan.longestRun();
        return maxSeconds == null || maxSeconds > allowed.toSeconds() ? allowed : Duration.ofSeconds(maxSeconds);
    }

    /** What is stored with the run: files and the secret that signs are kept elsewhere. */
    public RunOptions kept() {
        return new RunOptions(
                maxSeconds,
                maxIterations,
                tools,
                network,
                resultSchema,
                memory,
                metadata,
                List.of(),
                secrets,
                artifacts,
                webhook == null ? null : webhook.withoutSecret());
    }

    /** The same, and nobody is told of the run. */
    RunOptions withoutWebhook() {
        return new RunOptions(
                maxSeconds,
                maxIterations,
                tools,
                network,
                resultSchema,
                memory,
                metadata,
                files,
                secrets,
                artifacts,
                null);
    }

    private static void between(@Nullable Integer value, int most, String field) {
        if (value != null) {
            String range = most == Integer.MAX_VALUE ? "at least 1" : "1 to " + most;
            Refused.when(value < 1 || value > most, field, "must be " + range + ", but is " + value);
        }
    }

    private static void most(List<?> values, int most, String field) {
        Refused.when(values.size() > most, field, "has " + values.size() + " entries; at most " + most);
    }

    private static void hosts(Network network) {
        if (network instanceof Network.Allow allow) {
            most(allow.hosts(), MOST_NAMES, "network");
            for (String host : allow.hosts()) {
                Refused.when(
                        !HOST.matcher(host).matches(),
                        "network",
                        "allows '" + host
                                + "'; name hosts without scheme, port or path, as example.com or *.example.com");
            }
        }
    }
}
