package dev.drover.core.webhook;

import dev.drover.core.credential.Sealed;
import dev.drover.core.credential.Vault;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.WebhookId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one message once, signed if its hook has a secret, through the egress guard, and tells what came of it. */
public final class Posting {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int LONGEST_ERROR = 300;

    private final WebClient web;
    private final EgressGuard guard;
    private final Signer signer;
    private final Vault vault;

    public Posting(WebClient web, EgressGuard guard, Signer signer, Vault vault) {
        this.web = web;
        this.guard = guard;
        this.signer = signer;
        this.vault = vault;
    }

    /** The secret's text as it is kept for a hook. */
    static String context(WebhookId hook) {
        return "webhook/" + hook;
    }

    /** The whole exchange, names looked up included, runs on a thread of its own that is interrupted in time. */
    Outcome post(DeliveryStore.Due due, WebhookStore.Reach reach, Instant now) throws InterruptedException {
        Map<String, String> headers = headers(due, reach, now);
        byte[] body = due.body().getBytes(StandardCharsets.UTF_8);
        FutureTask<WebAnswer> exchange = new FutureTask<>(() -> {
            WebUrl url = WebUrl.read(reach.url());
            return web.send(new WebRequest("POST", url, headers, body, 0), guard.check(url));
        });
        Thread worker = Thread.ofVirtual().name("webhook-post").start(exchange);
        try {
            return Outcome.of(exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), now);
        } catch (TimeoutException e) {
            return Outcome.failed("no answer within " + PATIENCE.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case EgressDenied denied -> Outcome.failed(denied.reason());
                case IOException failure -> Outcome.failed(String.valueOf(failure.getMessage()));
                case null, default -> throw new IllegalStateException("a message to a webhook broke", e);
            };
        } finally {
            worker.interrupt();
        }
    }

    private Map<String, String> headers(DeliveryStore.Due due, WebhookStore.Reach reach, Instant now) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Content-Type", "application/json",
                "webhook-id", Spelling.MESSAGE.of(due.id().value()),
                "webhook-timestamp", Long.toString(now.getEpochSecond())));
        Sealed secret = reach.secret();
        if (secret != null) {
            headers.put("webhook-signature", signatures(due, reach, secret, now));
        }
        return headers;
    }

    private String signatures(DeliveryStore.Due due, WebhookStore.Reach reach, Sealed secret, Instant now) {
        String signed = Spelling.MESSAGE.of(due.id().value()) + "." + now.getEpochSecond() + "." + due.body();
        String signature = signature(vault.open(secret, context(due.hook())), signed);
        Instant oldUntil = reach.oldUntil();
        if (reach.old() == null || oldUntil == null || !oldUntil.isAfter(now)) {
            return signature;
        }
        return signature + " " + signature(vault.open(reach.old(), context(due.hook())), signed);
    }

    private String signature(String secret, String message) {
        byte[] signature = signer.sign(new HookSecret(secret).key(), message.getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(signature);
    }

    /**
     * What came of it.
     *
     * @param status null when there was no answer
     * @param error null when it was taken
     * @param wish how long the receiver wants to be left alone
     */
    record Outcome(
            @Nullable Integer status,
            @Nullable String error,
            @Nullable Duration wish) {
        private static final int GONE = 410;

        static Outcome failed(String error) {
            return new Outcome(null, shortened(error), null);
        }

        static Outcome of(WebAnswer answer, Instant now) {
            int status = answer.status();
            if (status >= 200 && status < 300) {
                return new Outcome(status, null, null);
            }
            String error = status >= 300 && status < 400
                    ? "answered " + status + "; redirects are not followed"
                    : "answered " + status;
            return new Outcome(status, error, wish(answer.headers().get("retry-after"), now));
        }

        boolean isGone() {
            return status != null && status == GONE;
        }

        /** Whether the receiver broke, or was not to be had, rather than did not want the message. */
        boolean isOutage() {
            return status == null || status >= 500;
        }

        private static String shortened(String text) {
            return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "...";
        }

        private static @Nullable Duration wish(@Nullable String header, Instant now) {
            if (header == null) {
                return null;
            }
            String text = header.strip();
            if (text.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            try {
                Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Duration.between(now, until);
            } catch (DateTimeException notATime) {
                return null;
            }
        }
    }
}
