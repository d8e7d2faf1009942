package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.terminal.Gateway;
import dev.drover.core.terminal.IssuedAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way into an agent's computer, with all that a person needs to take it (contract, section 5.16). */
record TrinitySshAccess(
        String status,
        String agent,
        String authMethod,
        Connection connection,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String privateKey,

        Instant expiresAt,
        double expiresInHours,
        List<String> instructions) {
    private static final double MILLIS_PER_HOUR = 3_600_000;

    /** Where to go and what to say there. */
    record Connection(
            String command,
            String host,
            int port,
            String user,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String password) {}

    static TrinitySshAccess of(String agent, IssuedAccess issued, TrinitySsh.Address address) {
        String host = address.host().get();
        String key = agent + ".key";
        return new TrinitySshAccess(
                "success",
                agent,
                issued.method().word(),
                new Connection(command(issued, key, host), host, issued.port(), Gateway.USER, issued.password()),
                issued.privateKey(),
                issued.expiresAt(),
                issued.time().toMillis() / MILLIS_PER_HOUR,
                instructions(issued, key, address));
    }

    private static String command(IssuedAccess issued, String key, String host) {
        String ssh = "ssh -p " + issued.port() + " " + Gateway.USER + "@" + host;
        if (issued.password() != null) {
            return "sshpass -p '" + issued.password() + "' " + ssh + " -o PubkeyAuthentication=no";
        }
        return issued.privateKey() == null ? ssh : ssh + " -i " + key + " -o IdentitiesOnly=yes";
    }

    private static List<String> instructions(IssuedAccess issued, String key, TrinitySsh.Address address) {
        List<String> steps = new ArrayList<>();
        if (issued.privateKey() != null) {
            steps.add("Save private_key as " + key + " and close it to others: chmod 600 " + key);
        } else if (issued.password() == null) {
            steps.add("Use the private key that belongs to the public_key of this request");
        }
        steps.add("Connect with connection.command; scp and sftp work in the same way");
        steps.add("Compare the server's host key: " + address.fingerprint().get());
        steps.add("The access and all sessions end at " + issued.expiresAt() + ", or when the agent is stopped");
        return List.copyOf(steps);
    }

    @Override
    public String toString() {
        return "way into " + agent + " until " + expiresAt;
    }
}
