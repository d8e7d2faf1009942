package dev.drover.provider.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.NameResolver;
import dev.drover.testing.UnixBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that nobody here wrote. */
@Timeout(60)
final class CurlThroughProxyTest {
    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final NameResolver NAMES = host -> List.of(InetAddress.getLoopbackAddress());

    @TempDir
    Path folder;

    private HttpServer server;
    private HttpServer secret;
    private EgressDoors.Door door;
    private UnixBridge bridge;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(CURL), "needs curl: install the package curl");
        server = serve();
        secret = serve();
        server.createContext(
                "/echo",
                exchange -> answer(exchange, 200, exchange.getRequestBody().readAllBytes()));
        server.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", "http://127.0.0.1:" + secret.getAddress().getPort() + "/");
            answer(exchange, 302, new byte[0]);
        });
        secret.createContext("/", exchange -> answer(exchange, 200, "secret".getBytes(StandardCharsets.UTF_8)));
        Path socket = folder.resolve("s");
        door = new EgressProxy()
                .open(
                        socket,
                        new EgressGuard(
                                NAMES,
                                List.of("allowed.example:" + server.getAddress().getPort()),
                                List.of()));
        bridge = new UnixBridge(socket);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            bridge.close();
            door.close();
            server.stop(0);
            secret.stop(0);
        }
    }

    @Test
    void asksPlainly() throws Exception {
        assertThat(curl("-d", "hello", url("/echo"))).isEqualTo("hello 200");
    }

    @Test
    void asksThroughATunnel() throws Exception {
        assertThat(curl("--proxytunnel", "-d", "hello", url("/echo"), url("/echo")))
                .isEqualTo("hello 200hello 200");
    }

    @Test
    void uploadsAChunkedBodyThatItWantsLeaveFor() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "0123456789".repeat(300_000));
        assertThat(curl(
                        "-T",
                        file.toString(),
                        "-H",
                        "Transfer-Encoding: chunked",
                        "-H",
                        "Expect: 100-continue",
                        url("/echo")))
                .hasSize(3_000_004)
                .endsWith("9 200");
    }

    @Test
    void asksSeveralTimesInOneGo() throws Exception {
        assertThat(curl("-d", "a", url("/echo"), url("/echo"), url("/echo"))).isEqualTo("a 200a 200a 200");
    }

    @Test
    void isStoppedAtARedirectToAForbiddenPlace() throws Exception {
        assertThat(curl("-L", url("/redirect")))
                .endsWith("127.0.0.1 is loopback, 127.0.0.0/8\n 403")
                .doesNotContain("secret");
        assertThat(curl("-L", "--proxytunnel", url("/redirect")))
                .endsWith(" 000")
                .doesNotContain("secret");
    }

    @Test
    void isToldWhyATunnelIsRefused() throws Exception {
        assertThat(curl("-s", "-i", "--proxytunnel", "http://forbidden.example/"))
                .contains("HTTP/1.1 403 Forbidden", "X-Drover-Egress: denied");
    }

    private String url(String path) {
        return "http://Allowed.Example.:" + server.getAddress().getPort() + path;
    }

    private String curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                CURL.toString(),
                "-sS",
                "-m",
                "20",
                "-w",
                " %{http_code}",
                "-x",
                "http://" + bridge.address(),
                "--noproxy",
                ""));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
