package dev.drover.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.Plane;
import dev.drover.Settings;
import dev.drover.provider.database.DatabaseAddress;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A whole server on a free port: real database, the offline model, computers without isolation. */
public final class TestingServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final TestingDatabase database = TestingDatabase.create();
    private final Path data = TestingFolders.create();
    private final Plane plane;
    private final String key;

    public TestingServer() {
        this(Map.of());
    }

    public TestingServer(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "DROVER_PORT",
                "0",
                "DROVER_DATA",
                data.toString(),
                "DROVER_DATABASE_URL",
                url(database.address()),
                "DROVER_ADMIN_PASSWORD",
                PASSWORD,
                "DROVER_MODEL",
                "offline",
                "DROVER_COMPUTERS",
                "process"));
        all.putAll(settings);
        plane = Plane.start(Settings.read(all, Map.of()));
        try {
            key = Files.readString(data.resolve("operator.key")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String url(DatabaseAddress address) {
        return address.url()
                .replace("jdbc:postgresql://", "postgresql://" + address.user() + ":" + address.password() + "@");
    }

    /** The operator key, which may do everything. */
    public String key() {
        return key;
    }

    public URI url(String path) {
        return plane.url().resolve(path);
    }

    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(30));
    }

    public HttpRequest.Builder as(String credential, String path) {
        return to(path).header("Authorization", "Bearer " + credential);
    }

    public Reply get(String path) {
        return send(as(key, path));
    }

    public Reply delete(String path) {
        return send(as(key, path).DELETE());
    }

    public Reply post(String path, String body) {
        return send(as(key, path).POST(HttpRequest.BodyPublishers.ofString(body)));
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

    public static Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        plane.close();
        database.close();
        TestingFolders.delete(data);
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

        public String code() {
            return json().at("/error/code").asText();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
