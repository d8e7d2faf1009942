package dev.drover.provider.tool.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drover.core.Json;
import dev.drover.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class HttpToolTest extends HttpCalls {
    private static final int LIMIT = 100 * 1024;

    @Test
    void givesStatusHeadersAndBody() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nX-A: 1\r\n"
                + "x-a: 2\r\nSet-Cookie: a=b\r\nContent-Length: 3\r\n\r\nno!")) {
            assertThat(get(server, "/x?y=1"))
                    .hasToString("{\"status_code\":404,\"headers\":{\"content-length\":\"3\","
                            + "\"content-type\":\"text/plain\","
                            + "\"set-cookie\":\"a=b\",\"x-a\":\"1, 2\"},\"body\":\"no!\",\"truncated\":false}");
        }
    }

    @Test
    void sendsWhatItIsToldAndLittleElse() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            call(
                    "{'method':'GET','url':'" + server.url("/grüße?a=b#c")
                            + "','headers':{'X-Test':'1','accept':'*/*'}}",
                    server.address());
            assertThat(server.heads().getFirst().lines().sorted())
                    .containsExactly(
                            "",
                            "Accept-Encoding: gzip",
                            "Connection: keep-alive",
                            "GET /gr%C3%BC%C3%9Fe?a=b HTTP/1.1",
                            "Host: " + server.address(),
                            "User-Agent: Drover",
                            "X-Test: 1",
                            "accept: */*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void sendsABody(String method) throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> {
            byte[] body = in.readNBytes(7);
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        })) {
            JsonNode answer = call(
                    "{'method':'" + method + "','url':'" + server.url("/") + "','body':'grüße'}", server.address());
            assertThat(answer.path("body").asText()).isEqualTo("grüße");
            assertThat(server.heads().getFirst()).startsWith(method + " / ").contains("Content-Length: 7\r\n");
        }
    }

    @Test
    void readsNoBodyOfHead() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")) {
            assertThat(call("{'method':'HEAD','url':'" + server.url("/") + "'}", server.address())
                            .path("body")
                            .asText())
                    .isEmpty();
        }
    }

    @Test
    void givesAHundredKilobytesWhole() throws Exception {
        try (RawServer server =
                RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: " + LIMIT + "\r\n\r\n" + "x".repeat(LIMIT))) {
            JsonNode answer = get(server, "/");
            assertThat(answer.path("body").asText()).hasSize(LIMIT);
            assertThat(answer.path("truncated").asBoolean()).isFalse();
        }
    }

    @Test
    void stopsReadingAtAHundredKilobytesOfABodyWithoutEnd() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (RawServer server = new RawServer((head, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nx".getBytes(StandardCharsets.US_ASCII));
            try {
                while (true) {
                    out.write("€".repeat(1_000).getBytes(StandardCharsets.UTF_8));
                }
            } finally {
                cut.countDown();
            }
        })) {
            JsonNode answer = get(server, "/");
            assertThat(answer.path("body").asText())
                    .hasSize(1 + (LIMIT - 1) / 3)
                    .doesNotContain("\uFFFD");
            assertThat(answer.path("truncated").asBoolean()).isTrue();
            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void unpacksGzipAndBoundsWhatComesOut() throws Exception {
        byte[] bomb = gzip("0".repeat(50_000_000));
        try (RawServer server = new RawServer((head, in, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + bomb.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bomb);
        })) {
            JsonNode answer = get(server, "/");
            assertThat(answer.path("body").asText()).hasSize(LIMIT).matches("0+");
            assertThat(answer.path("truncated").asBoolean()).isTrue();
            assertThat(answer.path("headers").has("content-encoding")).isFalse();
        }
    }

    @Test
    void givesABodyPackedInAnotherWayAsBase64() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                + "Content-Encoding: br\r\nContent-Length: 3\r\n\r\nabc")) {
            JsonNode answer = get(server, "/");
            assertThat(answer.path("body").asText()).isEqualTo("YWJj");
            assertThat(answer.path("headers").path("content-encoding").asText()).isEqualTo("br");
        }
    }

    @Test
    void readsAnEmptyBodyThatClaimsToBePacked() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")) {
            assertThat(get(server, "/").path("body").asText()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, AP8B, base64",
        "application/octet-stream, YWJj, base64",
        "'', AP8B, base64",
        "'', YWJj, abc",
        "application/json, YWJj, abc",
        "application/problem+json; x=1, YWJj, abc",
        "TEXT/HTML; charset=iso-8859-1, 5A==, ä",
        "text/plain, w6Q=, ä",
        "image/svg+xml, YWJj, abc",
        "application/x-www-form-urlencoded, YWJj, abc"
    })
    void givesWhatIsNoTextAsBase64(String type, String base64, String shown) throws Exception {
        byte[] body = Base64.getDecoder().decode(base64);
        try (RawServer server = RawServer.saying(
                "HTTP/1.1 200 OK\r\n" + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: "
                        + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1))) {
            JsonNode answer = get(server, "/");
            boolean packed = shown.equals("base64");
            assertThat(answer.path("body").asText()).isEqualTo(packed ? base64 : shown);
            assertThat(answer.path("body_encoding").asText("none")).isEqualTo(packed ? "base64" : "none");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://169.254.169.254/latest",
                "http://[::1]/",
                "ftp://example.com/",
                "/x",
                "http://0177.0.0.1/"
            })
    void rejectsWhatTheGuardForbids(String url) {
        assertRejected(() -> call("{'method':'GET','url':'" + url + "'}"), "");
    }

    @Test
    void failsOnAnUnknownName() {
        assertFailed(
                () -> call("{'method':'GET','url':'http://nowhere.example/'}"),
                "host 'nowhere.example' has no address; check its spelling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "host", "Content-Length", "TRANSFER-ENCODING", "connection", "X Y", "X:", "Ä", ""})
    void rejectsHeadersThatAreNotTheCallers(String name) {
        assertRejected(() -> call("{'method':'GET','url':'http://example.com/','headers':{'" + name + "':'x'}}"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nX: y", "a\\n", "\\u0000", "ä", "\\u2028"})
    void rejectsHeaderValuesThatBreakTheLine(String value) {
        assertRejected(
                () -> call("{'method':'GET','url':'http://example.com/','headers':{'X-A':'" + value + "'}}"), "");
    }

    @Test
    void cutsAServerThatDripsAtTheDeadline() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (RawServer server = new RawServer((head, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try {
                while (true) {
                    out.write('x');
                    Thread.sleep(50);
                }
            } finally {
                cut.countDown();
            }
        })) {
            assertFailed(
                    () -> call(
                            "{'method':'GET','timeout_seconds':0.5,'url':'" + server.url("/") + "'}", server.address()),
                    "no whole answer within 0.5 seconds");
            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closesTheConnectionWhenInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = new RawServer((head, in, out) -> {
            asked.countDown();
            in.read();
            closed.countDown();
        })) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    call("{'method':'GET','url':'" + server.url("/") + "'}", server.address());
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
            })
    void failsOnABrokenAnswer(String text) throws Exception {
        try (RawServer server = RawServer.saying(text)) {
            assertFailed(() -> get(server, "/"), "");
        }
    }

    @Test
    void failsOnHeadersWithoutEnd() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-Filler: filler\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertFailed(() -> get(server, "/"), "");
        }
    }

    @Test
    void failsOnACertificateThatNobodyVouchesFor(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("keys"))));
        server.start();
        try {
            String address = "localhost:" + server.getAddress().getPort();
            names.answering("localhost", "127.0.0.1");
            assertFailed(
                    () -> call("{'method':'GET','url':'https://" + address + "/'}", address), "certification path");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        RawServer gone = RawServer.saying("");
        gone.close();
        assertFailed(() -> get(gone, "/"), "");
    }

    @Test
    void repeatsOnlySafeMethods() {
        assertThat(tool.repeatable(new Json("{\"method\":\"GET\"}"))).isTrue();
        assertThat(tool.repeatable(new Json("{\"method\":\"POST\"}"))).isFalse();
    }

    private static SSLContext selfSigned(Path keys) throws Exception {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "a",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-storepass",
            "changeit",
            "-keystore",
            keys.toString()
        };
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
