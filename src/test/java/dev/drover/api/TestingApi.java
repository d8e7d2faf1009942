package dev.drover.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.testing.TestingPlane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** A client of a whole server that reads every answer as JSON. */
public final class TestingApi implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final TestingPlane plane;
    private final String operator;

    public TestingApi() {
        this(Map.of());
    }

    public TestingApi(Map<String, String> settings) {
        this(settings.isEmpty() ? TestingPlane.offline() : TestingPlane.start(settings));
    }

    /** A client of a server that stands already. */
    public TestingApi(TestingPlane plane) {
        this.plane = plane;
        operator = plane.operator();
    }

    public TestingPlane plane() {
        return plane;
    }

    /** A request without a credential. */
    public HttpRequest.Builder to(String path) {
        URI uri = plane.url().resolve(path);
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    }

    public HttpRequest.Builder as(String credential, String path) {
        return to(path).header("Authorization", "Bearer " + credential);
    }

    /** A request that may do everything. */
    public HttpRequest.Builder as(String path) {
        return as(operator, path);
    }

    public Reply get(String path) {
        return send(as(path));
    }

    public Reply delete(String path) {
        return send(as(path).DELETE());
    }

    public Reply post(String path, String body) {
        return send(as(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply patch(String path, String body) {
        return send(as(path).method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Spawns by a credential of its own. */
    public Reply spawn(String credential, String body) {
        return send(as(credential, "/api/v1/agents").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Reply send(HttpRequest.Builder request) {
        return new Reply(plane.send(request));
    }

    /** Asks again and again until the answer is as wanted; the last one when it never is. */
    public Reply await(String path, Predicate<JsonNode> wanted) throws InterruptedException {
        Reply reply = get(path);
        for (int i = 0; i < 600 && !wanted.test(reply.json()); i++) {
            Thread.sleep(50);
            reply = get(path);
        }
        return reply;
    }

    @Override
    public void close() {
        plane.close();
    }

    /** An answer, and its body as JSON. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(body());
            } catch (IOException e) {
                throw new AssertionError(body(), e);
            }
        }

        /** The code of Jettson's envelope. */
        public String code() {
            return json().at("/error/code").asText();
        }

        /** A member of the answer, as text. */
        public String text(String name) {
            return json().path(name).asText();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
