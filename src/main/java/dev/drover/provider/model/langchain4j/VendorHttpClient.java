package dev.drover.provider.model.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * The JDK's HTTP client as LangChain4j's adapters see it. It blocks, where the library's own would answer on other
 * threads: so a call ends when its thread is interrupted, and no delta can come after it.
 */
final class VendorHttpClient implements HttpClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final UnaryOperator<String> mended;

    /** With what is to be done to each request's body. */
    VendorHttpClient(UnaryOperator<String> mended) {
        this.mended = mended;
    }

    /** What an adapter's builder wants; the timeouts are ours, whatever the adapter says. */
    HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return CONNECT;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration timeout) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return Endpoint.DEFAULT_IDLE;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration timeout) {
                return this;
            }

            @Override
            public HttpClient build() {
                return VendorHttpClient.this;
            }
        };
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("every answer is streamed; " + request.url() + " was asked for whole");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        Exchange.CURRENT.get().perform(client, translated(request), parser, listener);
    }

    private java.net.http.HttpRequest translated(HttpRequest request) {
        URI address = URI.create(request.url());
        String body = mended.apply(Objects.requireNonNullElse(request.body(), ""));
        var translated = java.net.http.HttpRequest.newBuilder(address)
                .method(request.method().name(), BodyPublishers.ofString(body))
                // Over plain HTTP the client would ask for an upgrade, at which vLLM and others stumble.
                .version("https".equals(address.getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1);
        request.headers().forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
        return translated.build();
    }
}
