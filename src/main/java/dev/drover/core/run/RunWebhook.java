package dev.drover.core.run;

import dev.drover.core.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the caller wants to hear of one run.
 *
 * @param secret what signs the notices, as {@code whsec_...}; null to have one made, and in what is stored
 */
public record RunWebhook(
        String url, List<String> events, @Nullable String secret, Form form) {
    /** Every event of a run; {@code *} stands for all. */
    public static final Set<String> EVENTS =
            Set.of("*", "agent.spawning", "agent.running", "agent.completed", "agent.error", "agent.stopped");

    private static final String SECRET_PREFIX = "whsec_";
    private static final int LONGEST_URL = 2_000;

    /** What is told. */
    public enum Form {
        /** Each event, signed. */
        NOTICES,
        /** What the run was answered with at its end, unsigned. */
        ANSWER
    }

    public RunWebhook {
        events = List.copyOf(events);
        // What was stored before there were two says nothing of it.
        form = Objects.requireNonNullElse(form, Form.NOTICES);
        Refused.when(!isWeb(url), "webhook_url", "must be an absolute http or https URL of at most 2,000 characters");
        Refused.when(events.isEmpty(), "webhook_events", "must name an event; leave it out for all");
        for (String event : events) {
            Refused.when(!EVENTS.contains(event), "webhook_events", "has '" + event + "'; known are " + known());
        }
        Refused.when(
                secret != null && !isSecret(secret),
                "webhook_secret",
                "must be whsec_ and the base64 of 24 to 64 bytes; leave it out to have one made");
    }

    /** One that is told the run's answer when it ended. */
    public static RunWebhook callback(String url) {
        return new RunWebhook(url, List.of("agent.completed", "agent.error", "agent.stopped"), null, Form.ANSWER);
    }

    RunWebhook withoutSecret() {
        return new RunWebhook(url, events, null, form);
    }

    private static String known() {
        return String.join(", ", EVENTS.stream().sorted().toList());
    }

    /** Whether a web page or service may be found there: an absolute http or https URL of at most 2,000 characters. */
    public static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && url.length() <= LONGEST_URL;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isSecret(String secret) {
        if (!secret.startsWith(SECRET_PREFIX)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length;
            return bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the secret, so that no log has it. */
    @Override
    public String toString() {
        return "RunWebhook[" + url + ", " + events + ", " + form + "]";
    }
}
