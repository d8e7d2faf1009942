package dev.drover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks to a server as any client does: by its public API and with a key. */
final class DroverClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = http();
    private final URI server;
    private final String key;

    DroverClient(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    URI server() {
        return server;
    }

    /** Whether a server answers there and says that it is ready. */
    static boolean isHealthy(URI server) {
        try (HttpClient http = http()) {
            HttpRequest request = HttpRequest.newBuilder(resolve(server, "/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    JsonNode delete(String path) throws InterruptedException {
        return send(request(path).DELETE());
    }

    /** An event stream behind the event given; the caller closes the body. */
    HttpResponse<InputStream> stream(String path, long after) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve(server, path))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "text/event-stream");
        if (after > 0) {
            request.header("Last-Event-ID", String.valueOf(after));
        }
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** What is too long to be held; a body that breaks off is a failure. */
    void download(String path, OutputStream out) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw refusal(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
                body.transferTo(out);
            }
        } catch (IOException e) {
            throw new ClientFailure("what the server at %s sends broke off (%s)".formatted(server, reason(e)), e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(resolve(server, path)).timeout(PATIENCE).header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return parse(response.body());
            }
            throw refusal(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new ClientFailure("the server at %s does not answer (%s)".formatted(server, reason(e)), e);
        }
    }

    /** What a server that said no had to say. */
    static ClientFailure refusal(int status, String body) {
        JsonNode error = parse(body).path("error");
        String message = error.path("message").asText("");
        String code = error.path("code").asText("");
        return new ClientFailure(message.isEmpty() ? "the server answered %d".formatted(status) : message + hint(code));
    }

    private static String hint(String code) {
        return code.equals("invalid_api_key") ? " (the key is that of DROVER_API_KEY or <data>/operator.key)" : "";
    }

    static JsonNode parse(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static URI resolve(URI server, String path) {
        return URI.create(server.toString().replaceFirst("/+$", "") + path);
    }

    /** Our server speaks HTTP/1.1; an attempt to upgrade would only cost a header. */
    private static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
