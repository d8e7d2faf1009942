package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.agent.Reached;
import dev.drover.core.computer.Workspace;
import dev.drover.core.machine.CredentialCare;
import dev.drover.core.machine.CredentialFile;
import dev.drover.core.machine.CredentialFiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Credentials in agents' homes (contract, section 5.17). */
public final class TrinityCredentials {
    private final CredentialCare care;
    private final TrinityAgentPath path;

    public TrinityCredentials(CredentialCare care, TrinityAgentPath path) {
        this.care = care;
        this.path = path;
    }

    public Operation status() {
        return Operation.of("See which files of credentials an agent has", this::status)
                .answers(200, Status.class)
                .refuses(403, 404, 503);
    }

    private Answer status(Call call) {
        Reached reached = path.forUse(call);
        return Answer.ok(care.status(reached)
                .map(status -> Status.of(reached.name(), status))
                .orElseGet(() -> Status.off(reached.name())));
    }

    public Operation inject() {
        return Operation.of("Write files of credentials into an agent's home; at most 10 MB", this::inject)
                .takes(Files.class)
                .answers(200, Injected.class)
                .refuses(400, 403, 404, 422, 503);
    }

    private Answer inject(Call call) {
        Reached reached = path.forOwner(call);
        List<CredentialFile> files = TrinityBody.read(call, TrinityCredentials::files);
        CredentialFiles.Written written = care.inject(reached, files);
        return Answer.ok(new Injected(
                "success",
                written.files(),
                written.skipped().isEmpty() ? null : written.skipped(),
                "Injected %d credential file(s) into agent %s"
                        .formatted(written.files().size(), reached.name())));
    }

    private static List<CredentialFile> files(TrinityBody body) {
        List<CredentialFile> files = new ArrayList<>();
        given(body.wordsIfAny("files"))
                .forEach((file, text) -> files.add(new CredentialFile(file, text.getBytes(StandardCharsets.UTF_8))));
        given(body.wordsIfAny("files_b64"))
                .forEach((file, text) -> files.add(new CredentialFile(file, decoded(file, text))));
        return files;
    }

    private static Map<String, String> given(@Nullable Map<String, String> words) {
        return words == null ? Map.of() : words;
    }

    private static byte[] decoded(String file, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw TrinityMisfit.refusal(List.of(TrinityMisfit.Item.of(
                    "value_error", List.of("body", "files_b64", file), "Value error, must be base64")));
        }
    }

    public Operation export() {
        return Operation.of("Encrypt an agent's credentials into .credentials.enc in its home", this::export)
                .answers(200, Exported.class)
                .refuses(400, 403, 404, 503);
    }

    private Answer export(Call call) {
        return Answer.ok(new Exported("success", CredentialFiles.BUNDLE, care.export(path.forOwner(call))));
    }

    public Operation unpack() {
        return Operation.of("Write the credentials that are encrypted in an agent's .credentials.enc", this::unpack)
                .answers(200, Imported.class)
                .refuses(400, 403, 404, 503);
    }

    private Answer unpack(Call call) {
        Reached reached = path.forOwner(call);
        CredentialFiles.Written written = care.unpack(reached);
        return Answer.ok(new Imported(
                "success",
                written.files(),
                written.skipped().isEmpty() ? null : written.skipped(),
                "Imported %d credential file(s) into agent %s"
                        .formatted(written.files().size(), reached.name())));
    }

    public Operation key() {
        return Operation.of("Get the key of .credentials.enc, as an administrator", this::key)
                .answers(200, Key.class)
                .refuses(403, 503);
    }

    private Answer key(Call call) {
        return Answer.ok(new Key(
                        care.key(call.caller())
                                .orElseThrow(() -> TrinityFileCall.rejected(
                                        503, "CREDENTIAL_ENCRYPTION_KEY is not set on this server")),
                        "AES-256-GCM",
                        "hex, 64 characters",
                        "Whoever has it opens every .credentials.enc of this server: keep it like a password"))
                .with("Cache-Control", "no-store");
    }

    /** Texts by path, and bytes in base64 by path. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Files(
            @Nullable Map<String, String> files, @Nullable Map<String, String> filesB64) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Injected(
            String status,
            List<String> filesWritten,
            @Nullable List<String> filesSkipped,
            String message) {}

    record Exported(String status, String encryptedFile, int filesExported) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Imported(
            String status,
            List<String> filesImported,
            @Nullable List<String> filesSkipped,
            String message) {}

    record Key(String key, String algorithm, String keyFormat, String note) {}

    /** Files by name; while the computer is off there is only a word and a message. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Status(
            String agentName,
            @Nullable Map<String, There> files,
            @Nullable Integer credentialCount,
            @Nullable String status,
            @Nullable String message) {
        private static Status of(String agent, CredentialCare.Status status) {
            Map<String, There> files = new LinkedHashMap<>();
            status.files().forEach((name, stat) -> files.put(name, There.of(stat)));
            return new Status(agent, files, status.variables(), null, null);
        }

        private static Status off(String agent) {
            return new Status(
                    agent, null, null, "agent_not_running", "Agent is not running; start it to see its credentials");
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record There(
            boolean exists, @Nullable Long size, @Nullable Instant modified) {
        private static There of(Optional<Workspace.Stat> found) {
            return found.map(stat -> new There(true, stat.size(), stat.modified()))
                    .orElseGet(() -> new There(false, null, null));
        }
    }
}
