package dev.drover.api.http;

import dev.drover.api.Routes;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.id.UserId;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A real server on a free port over hand-made routes; {@code good} and {@code reader} are its credentials. */
public final class TestingHttp implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpServer server;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public TestingHttp(List<Route> routes) {
        this(routes, HttpSettings.at("127.0.0.1", 0));
    }

    public TestingHttp(List<Route> routes, HttpSettings settings) {
        server = HttpServer.start(
                settings,
                new Router(routes),
                Routes::dialect,
                TestingHttp::identify,
                () -> UUID.randomUUID().toString(),
                meters);
    }

    /** Short waits, for tests of what happens when they are over. */
    public static HttpSettings hasty() {
        return HttpSettings.at("127.0.0.1", 0).withTimes(Duration.ofMillis(100), Duration.ofMillis(400));
    }

    private static Caller identify(String credential) {
        return switch (credential) {
            case "good" -> caller(EnumSet.allOf(Scope.class));
            case "reader" -> caller(EnumSet.of(Scope.AGENTS_READ));
            default -> throw new Refused(new Problem.Unauthenticated("the credential is unknown"));
        };
    }

    private static Caller caller(Set<Scope> scopes) {
        User user = new User(new UserId(new UUID(7, 7)), "mira", Role.USER, 1);
        return new Caller(user, CredentialKind.API_KEY, null, null, scopes);
    }

    public int port() {
        return server.port();
    }

    public String measured() {
        return meters.scrape();
    }

    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    public HttpRequest.Builder as(String credential, String path) {
        return to(path).header("Authorization", "Bearer " + credential);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> get(String credential, String path) {
        return send(as(credential, path).GET());
    }

    public HttpResponse<String> post(String credential, String path, String body) {
        return send(as(credential, path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends bytes as they are, and reads until the server closes. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
