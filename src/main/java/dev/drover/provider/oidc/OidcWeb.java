package dev.drover.provider.oidc;

import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebRequest;
import dev.drover.core.egress.WebUrl;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The way to a provider: through the guard, within seconds, without redirects, and answers of a bounded size. */
final class OidcWeb {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 1 << 20;

    private final EgressGuard guard;
    private final WebClient web;

    OidcWeb(EgressGuard guard, WebClient web) {
        this.guard = guard;
        this.web = web;
    }

    Asked get(String url, Map<String, String> headers) throws IOException {
        return ask("GET", url, headers, null);
    }

    Asked post(String url, Map<String, String> headers, String form) throws IOException {
        return ask("POST", url, headers, form.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole exchange, names looked up included, runs on a thread of its own that is interrupted in time. */
    private Asked ask(String method, String url, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        FutureTask<WebAnswer> exchange = new FutureTask<>(() -> {
            WebUrl read = WebUrl.read(url);
            return web.send(new WebRequest(method, read, headers, body, LARGEST), guard.check(read));
        });
        Thread worker = Thread.ofVirtual().name("oidc").start(exchange);
        try {
            WebAnswer answer = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.truncated()) {
                throw new IOException("what " + url + " answered has more than " + LARGEST + " bytes");
            }
            return new Asked(answer.status(), answer.headers(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new IOException(url + " did not answer within " + PATIENCE.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw failure(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + url);
        } finally {
            worker.interrupt();
        }
    }

    private static IOException failure(String url, ExecutionException broken) {
        return switch (broken.getCause()) {
            case EgressDenied denied -> new IOException(denied.reason(), denied);
            case IOException failure -> new IOException(url + " is out of reach: " + failure.getMessage(), failure);
            case null, default -> throw new IllegalStateException("a question to " + url + " broke", broken);
        };
    }

    /** What came back. */
    record Asked(int status, Map<String, String> headers, String body) {}
}
