package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ModelFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells a failure that may pass from one that will stay, and says what happened without the key. */
final class Failures {
    private static final int LONGEST_CAUSE = 500;
    private static final Pattern RETRY_DELAY = Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9.]{1,9})s\"");

    private final String model;
    private final Endpoint endpoint;

    Failures(String model, Endpoint endpoint) {
        this.model = model;
        this.endpoint = endpoint;
    }

    /** Why this exchange gave no whole answer. */
    ModelFailure of(Exchange exchange, @Nullable Throwable error) {
        Exchange.Refusal refusal = exchange.refusal();
        if (refusal != null) {
            return refused(refusal);
        }
        IOException trouble = exchange.trouble();
        if (trouble != null) {
            return unreachable(trouble);
        }
        String told = exchange.closing().error();
        if (told != null) {
            return ModelFailure.passing(text(" broke off its answer: " + cause(told)), null, null);
        }
        String why = error == null ? "" : " (" + error.getMessage() + ")";
        return exchange.sent()
                ? ModelFailure.passing(text(" ended its answer before it was whole" + why), null, null)
                : ModelFailure.lasting(text(" cannot be asked this" + why), null);
    }

    private ModelFailure refused(Exchange.Refusal refusal) {
        int status = refusal.status();
        String message = text(" answered " + status + ": " + cause(refusal.body()) + remedy(status));
        boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
        return passing ? ModelFailure.passing(message, retryAfter(refusal), null) : ModelFailure.lasting(message, null);
    }

    private ModelFailure unreachable(IOException trouble) {
        String why = trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
        String message = text(" could not be heard: " + why);
        boolean denied = trouble instanceof PinnedTransport.Denied no && no.isLasting();
        return denied || trouble instanceof SSLHandshakeException
                ? ModelFailure.lasting(message, trouble)
                : ModelFailure.passing(message, null, trouble);
    }

    private String text(String whatHappened) {
        return endpoint.withoutKey(model + whatHappened);
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401, 403 -> "; check the API key";
            case 404 -> "; check the model's name and the base URL";
            default -> "";
        };
    }

    /** The sentence within a vendor's error, wherever it keeps it; else the beginning of what it sent. */
    private static String cause(String body) {
        JsonNode json = JsonText.parsed(body);
        JsonNode error = json.path("error");
        String sentence = error.isTextual()
                ? error.textValue()
                : error.path("message").asText(json.path("message").asText(body.strip()));
        if (sentence.isEmpty()) {
            return "no reason given";
        }
        return sentence.length() <= LONGEST_CAUSE ? sentence : sentence.substring(0, LONGEST_CAUSE) + "...";
    }

    /** The header in seconds, or Gemini's word in the body; a date is not worth a clock. */
    private static @Nullable Duration retryAfter(Exchange.Refusal refusal) {
        String seconds = refusal.headers().firstValue("retry-after").orElse("");
        if (seconds.isEmpty()) {
            Matcher delay = RETRY_DELAY.matcher(refusal.body());
            seconds = delay.find() ? delay.group(1) : "";
        }
        try {
            return seconds.isEmpty() ? null : Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
