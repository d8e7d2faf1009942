package dev.drover.testing;

import dev.drover.Plane;
import dev.drover.Settings;
import dev.drover.core.credential.ServerKeyStore;
import dev.drover.core.credential.ServerKeys;
import dev.drover.core.credential.Vault;
import dev.drover.core.credential.VaultStore;
import dev.drover.core.egress.NameResolver;
import dev.drover.provider.secret.AesSealing;
import dev.drover.provider.secret.RootKey;
import dev.drover.testing.model.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole server as a user starts it, on a free port, over a database of its own; its computers are processes. */
public final class TestingPlane implements AutoCloseable {
    /** The same for all servers of tests, for they may share a database: base64 of 32 bytes. */
    public static final String ROOT_KEY = "dGhpcnR5LXR3byBieXRlcyBmb3IgdGVzdHMgb25seSE=";

    private final TestingDatabase database;
    private final Path data;
    private final Runnable leave;
    private final Map<String, String> environment;
    private final Clock clock;
    private final NameResolver names;
    private final HttpClient http = HttpClient.newHttpClient();
    private Plane plane;

    private TestingPlane(
            TestingDatabase database, Path data, Map<String, String> settings, Clock clock, NameResolver names) {
        this(database, data, settings, clock, names, () -> {
            try {
                database.close();
            } finally {
                TestingFolders.delete(data);
            }
        });
    }

    private TestingPlane(
            TestingDatabase database,
            Path data,
            Map<String, String> settings,
            Clock clock,
            NameResolver names,
            Runnable leave) {
        this.database = database;
        this.data = data;
        this.leave = leave;
        this.environment = environment(settings);
        this.clock = clock;
        this.names = names;
        this.plane = started();
    }

    private Plane started() {
        return Plane.start(Settings.read(Map.of(), environment), clock, names);
    }

    /** With the model that follows explicit steps. */
    public static TestingPlane offline() {
        return start(Map.of("DROVER_MODEL", "offline"));
    }

    /** With a model that a script plays. */
    public static TestingPlane scripted(ScriptedModelServer model) {
        return start(Map.of("DROVER_MODEL", "openai/scripted", "OPENAI_BASE_URL", model.baseUrl() + "/v1"));
    }

    /** With settings of the test's own on top. */
    public static TestingPlane start(Map<String, String> settings) {
        return start(settings, Clock.systemUTC(), host -> List.of(InetAddress.getAllByName(host)));
    }

    /** By a clock and a book of names of the test's own. */
    public static TestingPlane start(Map<String, String> settings, Clock clock, NameResolver names) {
        return new TestingPlane(TestingDatabase.create(), TestingFolders.create(), settings, clock, names);
    }

    /** Over what is there already, with the root key of that folder; both are gone when it is closed. */
    public static TestingPlane over(TestingDatabase database, Path data, Map<String, String> settings) {
        NameResolver names = host -> List.of(InetAddress.getAllByName(host));
        Map<String, String> all = new HashMap<>(Map.of("DROVER_ROOT_KEY", ""));
        all.putAll(settings);
        return new TestingPlane(database, data, all, Clock.systemUTC(), names);
    }

    /** What it reads its settings from. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Another server of the same database, over a folder of its own; to be closed before this one. */
    public TestingPlane beside() {
        Path own = TestingFolders.create();
        return new TestingPlane(
                database, own, mine("DROVER_DATA", own), clock, names, () -> TestingFolders.delete(own));
    }

    /** Another server of the same database over the same folder; to be closed before this one. */
    public TestingPlane sharing() {
        return new TestingPlane(database, data, mine("DROVER_DATA", data), clock, names, () -> {});
    }

    private Map<String, String> mine(String name, Path value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value.toString());
        return all;
    }

    private Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "HOME",
                data.toString(),
                "DROVER_DATA",
                data.toString(),
                "DROVER_PORT",
                "0",
                "DROVER_DATABASE_URL",
                database.settingsUrl(),
                "DROVER_COMPUTERS",
                "process",
                "DROVER_DRAIN_SECONDS",
                "0",
                "DROVER_ROOT_KEY",
                ROOT_KEY,
                // No test asks the real one.
                "DROVER_GITHUB_URL",
                "http://127.0.0.1:9",
                "DROVER_ADMIN_PASSWORD",
                "a password for tests"));
        all.putAll(settings);
        return all;
    }

    /** Stops the server in order; what it kept stays. */
    public void stop() {
        plane.close();
    }

    /** Stops the server and starts it again over the same folder and database. */
    public void restart() {
        plane.close();
        plane = started();
    }

    public TestingDatabase database() {
        return database;
    }

    public Path data() {
        return data;
    }

    public URI url() {
        return plane.url();
    }

    /** A key of the servers themselves, as it is kept in the database. */
    public String serverKey(String name) {
        var jdbi = database.database().jdbi();
        RootKey root = RootKey.choose(ROOT_KEY, data);
        Vault vault = new Vault(new AesSealing(root), new VaultStore(jdbi), clock);
        return new ServerKeys(vault, new ServerKeyStore(jdbi), () -> false, clock).kept(name, () -> {
            throw new IllegalStateException("there is no " + name);
        });
    }

    /** The secret of the operator key, which may do everything. */
    public String operator() {
        try {
            return Files.readString(data.resolve("operator.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A request with the operator's credential. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url().resolve(path)).header("Authorization", "Bearer " + operator());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        plane.close();
        leave.run();
    }
}
