package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Origin;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.run.SpawnAgent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a spawn, as far as it arrived. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonSpawn(
        String task,
        @Nullable String name,
        @Nullable String region,
        @Nullable String model,
        @Nullable String idempotencyKey) {
    private static final Set<String> REGIONS = Set.of("iad", "lhr", "syd");
    private static final String USUAL_REGION = "iad";

    /** The order that a call carries; the task is judged before any other field (contract, section 4.1). */
    static SpawnAgent order(Call call) {
        Fields fields = call.fields();
        String task = task(fields);
        String profile = ModelProfile.DEFAULT;
        SpawnAgent bare = new SpawnAgent(Origin.JETTSON, task, null, USUAL_REGION, profile, null);
        JettsonSpawn body = new JettsonSpawn(
                bare.task(),
                fields.text("name"),
                fields.text("region"),
                fields.text("model"),
                fields.text("idempotency_key"));
        return new SpawnAgent(
                Origin.JETTSON,
                body.task(),
                body.name(),
                body.knownRegion(),
                body.model() == null ? profile : body.model(),
                body.idempotency(call));
    }

    private static String task(Fields fields) {
        String task = fields.text("task");
        if (task == null) {
            throw new Refused(new Problem.Invalid("task", "is missing; it says what the agent is to do"));
        }
        return task;
    }

    private String knownRegion() {
        String wanted = region == null ? USUAL_REGION : region;
        if (!REGIONS.contains(wanted)) {
            throw new Refused(new Problem.Invalid("region", "must be iad, lhr or syd, but is " + wanted));
        }
        return wanted;
    }

    private SpawnAgent.@Nullable IdempotencyKey idempotency(Call call) {
        String header = call.header("Idempotency-Key");
        String key = header == null ? idempotencyKey : unquoted(header.strip());
        return key == null ? null : new SpawnAgent.IdempotencyKey(key, fingerprint(call.body()));
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
