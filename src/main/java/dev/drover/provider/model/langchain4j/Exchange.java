package dev.drover.provider.model.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to a vendor and the answer to it, all on the thread that asks. The adapters hide status, headers and the
 * words with which a stream ended, and cannot let go of a vendor that is silent; this does not.
 */
final class Exchange {
    /** An answer other than 2xx. */
    record Refusal(int status, String body, HttpHeaders headers) {}

    /** The exchange of the asking thread, for the HTTP client that the adapters call. */
    static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private static final int REFUSAL_BYTES = 16 * 1024;

    private final Duration idle;
    private final Closing closing = new Closing();
    private boolean sent;
    private @Nullable Refusal refusal;
    private @Nullable IOException trouble;
    private @Nullable AnswerStream answer;

    Exchange(Duration idle) {
        this.idle = idle;
    }

    /** Whether the request left this machine, or was about to. */
    boolean sent() {
        return sent;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    /** What went wrong on the wire. */
    @Nullable IOException trouble() {
        return trouble;
    }

    Closing closing() {
        return closing;
    }

    /** Stops reading; the connection is closed unless all had come. */
    void close() {
        if (answer != null) {
            answer.close();
        }
    }

    void perform(
            HttpClient client, HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        sent = true;
        try {
            HttpResponse<AnswerStream> response = send(client, request);
            AnswerStream body = response.body();
            answer = body;
            if (response.statusCode() / 100 != 2) {
                refuse(response, listener);
                return;
            }
            listener.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .build());
            parser.parse(body, closing.watching(listener));
            trouble = body.trouble();
            if (trouble == null) {
                listener.onClose();
            }
        } catch (IOException e) {
            trouble = e;
            listener.onError(e);
        }
    }

    private void refuse(HttpResponse<AnswerStream> response, ServerSentEventListener listener) throws IOException {
        String body = new String(response.body().readNBytes(REFUSAL_BYTES), StandardCharsets.UTF_8);
        refusal = new Refusal(response.statusCode(), body, response.headers());
        listener.onError(new HttpException(response.statusCode(), body));
    }

    private HttpResponse<AnswerStream> send(HttpClient client, HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<AnswerStream>> sending = client.sendAsync(request, _ -> new AnswerStream(idle));
        try {
            return sending.get(idle.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            abandon(sending);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException _) {
            abandon(sending);
            throw new HttpTimeoutException("no answer within " + idle.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static void abandon(CompletableFuture<HttpResponse<AnswerStream>> sending) {
        // It may have come in the very moment in which we gave up.
        if (!sending.cancel(true) && !sending.isCompletedExceptionally()) {
            sending.join().body().close();
        }
    }
}
