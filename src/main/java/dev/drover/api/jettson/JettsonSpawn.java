package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Origin;
import dev.drover.core.egress.Network;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.run.RunMemory;
import dev.drover.core.run.RunOptions;
import dev.drover.core.run.RunWebhook;
import dev.drover.core.run.SpawnAgent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a spawn, as far as it arrived.
 *
 * @param network {@code full}, {@code none}, or an object with the hosts to allow
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonSpawn(
        String task,
        @Nullable String name,
        @Nullable String region,
        @Nullable String model,
        @Nullable String idempotencyKey,
        @Nullable Integer maxDurationSeconds,
        @Nullable Integer maxIterations,
        @Nullable List<String> tools,
        @Nullable Object network,
        @Nullable Object resultSchema,
        @Nullable JettsonRunMemory memory,
        @Nullable Map<String, String> metadata,
        @Nullable List<JettsonFile> files,
        @Nullable List<String> secrets,
        @Nullable List<String> artifacts,
        @Nullable String webhookUrl,
        @Nullable List<String> webhookEvents,
        @Nullable String webhookSecret) {
    private static final Set<String> REGIONS = Set.of("iad", "lhr", "syd");
    private static final String USUAL_REGION = "iad";

    /** The order that a call carries; the task is judged before any other field (contract, section 4.1). */
    static SpawnAgent order(Call call) {
        Fields fields = call.fields();
        String profile = ModelProfile.DEFAULT;
        SpawnAgent bare = new SpawnAgent(Origin.JETTSON, task(fields), null, USUAL_REGION, profile, null);
        JettsonSpawn body = read(bare.task(), fields);
        return new SpawnAgent(
                Origin.JETTSON,
                body.task(),
                body.name(),
                body.knownRegion(),
                body.model() == null ? profile : body.model(),
                idempotency(call, fields, ""),
                body.options());
    }

    private static JettsonSpawn read(String task, Fields fields) {
        return new JettsonSpawn(
                task,
                fields.text("name"),
                fields.text("region"),
                fields.text("model"),
                fields.text("idempotency_key"),
                fields.integer("max_duration_seconds"),
                fields.integer("max_iterations"),
                fields.texts("tools"),
                network(fields),
                fields.json("result_schema"),
                JettsonRunMemory.read(fields.object("memory")),
                fields.words("metadata"),
                JettsonFile.read(fields.objects("files")),
                fields.texts("secrets"),
                fields.texts("artifacts"),
                fields.text("webhook_url"),
                fields.texts("webhook_events"),
                fields.text("webhook_secret"));
    }

    private static String task(Fields fields) {
        String task = fields.text("task");
        if (task == null) {
            throw invalid("task", "is missing; it says what the agent is to do");
        }
        return task;
    }

    private static @Nullable Network network(Fields fields) {
        if (!fields.has("network")) {
            return null;
        }
        if (fields.isText("network")) {
            return switch (String.valueOf(fields.text("network"))) {
                case "full" -> new Network.Full();
                case "none" -> new Network.None();
                default -> throw invalid("network", "must be full, none or an object with allow");
            };
        }
        Fields object = fields.object("network");
        List<String> allowed = object == null ? null : object.texts("allow");
        if (allowed == null) {
            throw invalid("network", "must be full, none or an object with allow, an array of hosts");
        }
        return new Network.Allow(allowed);
    }

    private RunOptions options() {
        return new RunOptions(
                maxDurationSeconds,
                maxIterations,
                tools,
                network instanceof Network wanted ? wanted : new Network.Full(),
                resultSchema instanceof Json schema ? schema : null,
                memory == null ? RunMemory.USUAL : memory.memory(),
                metadata == null ? Map.of() : metadata,
                files == null
                        ? List.of()
                        : files.stream().map(JettsonFile::file).toList(),
                secrets == null ? List.of() : secrets,
                artifacts == null ? List.of() : artifacts,
                webhook());
    }

    private @Nullable RunWebhook webhook() {
        if (webhookUrl != null) {
            List<String> events = webhookEvents == null ? List.of("*") : webhookEvents;
            return new RunWebhook(webhookUrl, events, webhookSecret, RunWebhook.Form.NOTICES);
        }
        if (webhookEvents != null || webhookSecret != null) {
            throw invalid("webhook_url", "is missing; it says where the events go");
        }
        return null;
    }

    private String knownRegion() {
        String wanted = region == null ? USUAL_REGION : region;
        if (!REGIONS.contains(wanted)) {
            throw invalid("region", "must be iad, lhr or syd, but is " + wanted);
        }
        return wanted;
    }

    private static Refused invalid(String field, String reason) {
        return new Refused(new Problem.Invalid(field, reason));
    }

    /** @param about what the body does not say of the request */
    static SpawnAgent.@Nullable IdempotencyKey idempotency(Call call, Fields fields, String about) {
        String header = call.header("Idempotency-Key");
        String key = header == null ? fields.text("idempotency_key") : unquoted(header.strip());
        return key == null ? null : new SpawnAgent.IdempotencyKey(key, about + fingerprint(call.body()));
    }

    /** The standard asks for a quoted string; widely used clients send it bare. */
    private static String unquoted(String header) {
        boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        return quoted ? header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1") : header;
    }

    private static String fingerprint(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
