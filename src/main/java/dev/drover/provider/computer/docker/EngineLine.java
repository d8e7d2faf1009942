package dev.drover.provider.computer.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.drover.core.computer.ComputerFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A line to an engine, and the version of its API that both ends speak.
 *
 * @param client for what the library knows
 * @param http for what it does not
 */
record EngineLine(DockerClient client, DockerHttpClient http, RemoteApiVersion version) {
    /** Debian 12's engine speaks no more; the same words mean the same up to {@link #NEWEST}. */
    private static final RemoteApiVersion OLDEST = RemoteApiVersion.VERSION_1_41;

    private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Calls the engine behind a socket; the failure says why it does not answer, and what to do. */
    static EngineLine open(Path socket) throws ComputerFailure {
        if (Files.notExists(socket)) {
            throw ComputerFailure.absent(
                    "there is no engine socket " + socket
                            + "; start the engine (systemctl start docker), or name its socket with"
                            + " DOCKER_HOST=unix:///path",
                    null);
        }
        URI host = URI.create("unix://" + socket);
        DockerHttpClient http =
                new ZerodepDockerHttpClient.Builder().dockerHost(host).build();
        try {
            RemoteApiVersion version = agreed(theirs(http, socket), socket);
            DefaultDockerClientConfig config = new DefaultDockerClientConfig.Builder()
                    .withDockerHost(host.toString())
                    .withApiVersion(version)
                    .build();
            return new EngineLine(DockerClientImpl.getInstance(config, http), http, version);
        } catch (ComputerFailure e) {
            close(http);
            throw e;
        }
    }

    private static @Nullable String theirs(DockerHttpClient http, Path socket) throws ComputerFailure {
        Request ping =
                Request.builder().method(Request.Method.GET).path("/_ping").build();
        try (DockerHttpClient.Response pong = http.execute(ping)) {
            return pong.getHeader("Api-Version");
        } catch (RuntimeException e) {
            throw absent(socket, e);
        }
    }

    static ComputerFailure absent(Path socket, Exception e) {
        String reason = reason(e);
        String remedy = reason.contains("Permission denied")
                ? "let this user use it (usermod -aG docker USER), or run the server as root"
                : "start the engine (systemctl start docker), or name another socket with DOCKER_HOST=unix:///path";
        return ComputerFailure.absent(
                "the engine behind socket " + socket + " does not answer: " + reason + "; " + remedy, e);
    }

    private static RemoteApiVersion agreed(@Nullable String theirs, Path socket) throws ComputerFailure {
        RemoteApiVersion offered = RemoteApiVersion.parseConfigWithDefault(theirs);
        if (offered.equals(RemoteApiVersion.UNKNOWN_VERSION) || !offered.isGreaterOrEqual(OLDEST)) {
            throw new ComputerFailure("the engine behind socket " + socket + " speaks API version " + theirs
                    + ", at least " + OLDEST.getVersion() + " is needed; use Docker 20.10, Podman 4 or newer");
        }
        return offered.isGreaterOrEqual(NEWEST) ? NEWEST : offered;
    }

    /** What is at the bottom of a failure, without the names of exceptions. */
    static String reason(Throwable failure) {
        Throwable bottom = failure;
        while (bottom.getCause() != null) {
            bottom = bottom.getCause();
        }
        return String.valueOf(bottom.getMessage()).strip();
    }

    /** Asks what the library has no words for; on the caller's own thread, however long it takes. */
    JsonNode ask(Request.Method method, String path) throws IOException {
        Request request = Request.builder()
                .method(method)
                .path("/v" + version.getVersion() + path)
                .build();
        try (DockerHttpClient.Response response = http.execute(request)) {
            if (response.getStatusCode() == 404) {
                throw new NotFoundException(path);
            }
            return JSON.readTree(response.getBody());
        }
    }

    /** Orders what the library would do behind the caller's back. */
    void order(String path, String json) throws IOException {
        Request request = Request.builder()
                .method(Request.Method.POST)
                .path("/v" + version.getVersion() + path)
                .putHeader("Content-Type", "application/json")
                .bodyBytes(json.getBytes(StandardCharsets.UTF_8))
                .build();
        try (DockerHttpClient.Response response = http.execute(request)) {
            String said = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            if (response.getStatusCode() >= 400) {
                throw new IOException("the engine refused: " + said.strip());
            }
        }
    }

    void close() {
        close(http);
    }

    private static void close(DockerHttpClient http) {
        try {
            http.close();
        } catch (IOException e) {
            // Nothing was on its way.
        }
    }
}
