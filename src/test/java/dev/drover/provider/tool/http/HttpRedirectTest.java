package dev.drover.provider.tool.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.testing.RawServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class HttpRedirectTest extends HttpCalls {
    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "303, PUT, GET",
        "307, POST, POST",
        "308, POST, POST",
        "302, PUT, PUT",
        "303, HEAD, HEAD",
        "302, GET, GET"
    })
    void followsRedirectsLikeABrowser(int status, String method, String then) throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> out.write((head.contains("/first")
                        ? "HTTP/1.1 " + status + " Go\r\nLocation: second?x\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)))) {
            JsonNode answer = call(
                    "{'method':'" + method + "','url':'" + server.url("/a/first") + "','body':'b'}", server.address());
            assertThat(answer.path("status_code").asInt()).isEqualTo(200);
            assertThat(server.heads().get(1)).startsWith(then + " /a/second?x HTTP/1.1\r\n");
            assertThat(server.heads().get(1).contains("Content-Length: 1"))
                    .isEqualTo(!then.equals("GET") || method.equals("GET"));
        }
    }

    @Test
    void followsFiveRedirectsAndNoSixth() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> {
            int left = Integer.parseInt(head.substring(5, 6));
            out.write((left == 0
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"
                            : "HTTP/1.1 302 Go\r\nLocation: /" + (left - 1) + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(get(server, "/5").path("body").asText()).isEqualTo("done");
            assertThatThrownBy(() -> get(server, "/6")).hasMessageContaining("more than 5 redirects");
        }
    }

    @Test
    void dropsSecretsWhenARedirectLeavesTheOrigin() throws Exception {
        try (RawServer other = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RawServer server = new RawServer((head, in, out) -> out.write((head.contains("/first")
                                ? "HTTP/1.1 302 Go\r\nLocation: /second\r\nContent-Length: 0\r\n\r\n"
                                : "HTTP/1.1 302 Go\r\nLocation: " + other.url("/") + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)))) {
            call(
                    "{'method':'GET','url':'" + server.url("/first")
                            + "','headers':{'authorization':'s','COOKIE':'c','X-Kept':'k'}}",
                    server.address(),
                    other.address());
            assertThat(server.heads().get(1)).contains("authorization: s", "COOKIE: c", "X-Kept: k");
            assertThat(other.heads().getFirst())
                    .contains("X-Kept: k")
                    .doesNotContainIgnoringCase("authorization", "cookie");
        }
    }

    @Test
    void checksEveryRedirect() throws Exception {
        try (RawServer secret = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
                RawServer server = RawServer.saying("HTTP/1.1 302 Go\r\nLocation: " + secret.url("/") + "\r\n\r\n")) {
            assertRejected(
                    () -> get(server, "/"),
                    "the target '127.0.0.1' is private/internal: 127.0.0.1 is loopback, 127.0.0.0/8");
            assertThat(secret.heads()).isEmpty();
        }
    }

    @Test
    void connectsToTheCheckedAddressOnly() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            names.answering("allowed.example", "127.0.0.1").answering("allowed.example", "127.0.0.2");
            call(
                    "{'method':'GET','url':'http://allowed.example:" + server.port() + "/'}",
                    "allowed.example:" + server.port());
            assertThat(server.heads().getFirst()).contains("Host: allowed.example:" + server.port() + "\r\n");
        }
    }

    @Test
    void neverReachesAPrivateAddressThatANameTurnsTo() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            // 127.0.0.2 stands for a public address: it is let through, and nothing listens there.
            names.answering("rebinding.example", "127.0.0.2").answering("rebinding.example", "127.0.0.1");
            assertThatThrownBy(() -> call(
                            "{'method':'GET','timeout_seconds':1,'url':'http://rebinding.example:" + server.port()
                                    + "/'}",
                            "127.0.0.2/32"))
                    .isInstanceOf(ToolRefusal.class);
            assertThat(server.heads()).isEmpty();
        }
    }
}
