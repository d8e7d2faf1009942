package dev.drover.provider.model.langchain4j;

import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's HTTP client, for addresses that an operator has set. */
final class JdkTransport implements Transport {
    static final Duration CONNECT = Duration.ofSeconds(10);

    /** All vendors share its connections. */
    static final JdkTransport SHARED = new JdkTransport();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private JdkTransport() {}

    @Override
    public Arrival send(HttpRequest request, Duration idle) throws IOException {
        CompletableFuture<HttpResponse<AnswerStream>> sending =
                client.sendAsync(translated(request), _ -> new AnswerStream(idle));
        try {
            HttpResponse<AnswerStream> response = sending.get(idle.toNanos(), TimeUnit.NANOSECONDS);
            return new Arrival(response.statusCode(), response.headers(), response.body());
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

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        URI address = URI.create(request.url());
        BodyPublisher body = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
        var translated = java.net.http.HttpRequest.newBuilder(address)
                .method(request.method().name(), body)
                // Over plain HTTP the client would ask for an upgrade, at which vLLM and others stumble.
                .version("https".equals(address.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1);
        request.headers().forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
        return translated.build();
    }
}
