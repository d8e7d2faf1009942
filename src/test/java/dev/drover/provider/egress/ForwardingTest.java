package dev.drover.provider.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.egress.TestingNames;
import dev.drover.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class ForwardingTest {
    private static final String DONE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

    @Test
    void sendsARequestOnWithTheJudgedHostAndWithoutHeadersOfTheHop() throws Exception {
        try (RawServer server = RawServer.saying(DONE);
                ProxyClient client = ProxyClient.reaching(server.address())) {
            String answer =
                    client.say("GET " + server.url("/a?x=1#f") + " HTTP/1.1\r\nHost: 10.0.0.1\r\nHOST: evil.example\r\n"
                            + "Proxy-Connection: keep-alive\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n"
                            + "Proxy-Authorization: Basic x\r\n"
                            + "TE: trailers\r\nUpgrade: h2c\r\nKeep-Alive: 5\r\nX-Kept: yes\r\n"
                            + "Authorization: Bearer y\r\n\r\n");
            assertThat(answer).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\ndone");
            assertThat(server.heads())
                    .containsExactly("GET /a?x=1 HTTP/1.1\r\nHost: " + server.address()
                            + "\r\nConnection: close\r\nX-Kept: yes\r\nAuthorization: Bearer y\r\n\r\n");
        }
    }

    @Test
    void sendsABodyOfKnownLengthAndNothingBehindIt() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> echo(in, out, 5));
                ProxyClient client = ProxyClient.reaching(server.address())) {
            String answer = client.say("POST " + server.url("/") + " HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
                    + "GET " + server.url("/smuggled") + " HTTP/1.1\r\n\r\n");
            assertThat(answer).endsWith("\r\n\r\nhello");
            assertThat(server.heads()).singleElement().asString().contains("Content-Length: 5\r\n");
        }
    }

    @Test
    void sendsAChunkedBodyInPlainChunks() throws Exception {
        String plain = "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
        try (RawServer server = new RawServer((head, in, out) -> echo(in, out, plain.length()));
                ProxyClient client = ProxyClient.reaching(server.address())) {
            String answer = client.say("PUT " + server.url("/") + " HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
                    + "005;name=\"x\"\r\nhello\r\n01\r\n!\r\n0;last\r\nX-Trailer: 1\r\n\r\nrest");
            assertThat(answer).endsWith("\r\n\r\n" + plain);
            assertThat(server.heads().getFirst())
                    .contains("Transfer-Encoding: chunked\r\n")
                    .doesNotContain("Content-Length");
        }
    }

    @Test
    void tellsAClientThatWaitsToGoOn() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> echo(in, out, 5));
                ProxyClient client = ProxyClient.reaching(server.address());
                SocketChannel channel = client.connect()) {
            ProxyClient.write(
                    channel,
                    "POST " + server.url("/") + " HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(ProxyClient.until(channel, "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            ProxyClient.write(channel, "hello");
            assertThat(ProxyClient.rest(channel)).startsWith("HTTP/1.1 200 OK").endsWith("hello");
            assertThat(server.heads().getFirst()).doesNotContain("Expect");
        }
    }

    @Test
    void passesAnAnswerThatComesBeforeTheBodyWasSent() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
                ProxyClient client = ProxyClient.reaching(server.address())) {
            assertThat(client.say("POST " + server.url("/") + " HTTP/1.1\r\nContent-Length: 1000000\r\n\r\nbegin"))
                    .startsWith("HTTP/1.1 413 Too Large")
                    .endsWith("no");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3;x|abc|0|T: 1||"
                        + " > HTTP/1.1 200 OK|Connection: close|Transfer-Encoding: chunked||3|abc|0||",
                "HTTP/1.1 200 OK||until the end > HTTP/1.1 200 OK|Connection: close||until the end",
                "HTTP/1.0 200||x > HTTP/1.0 200|Connection: close||x",
                "HTTP/1.1 204 None|X: 1||ignored > HTTP/1.1 204 None|Connection: close|X: 1||",
                "HTTP/1.1 304 Same|Content-Length: 9||ignored"
                        + " > HTTP/1.1 304 Same|Connection: close|Content-Length: 9||",
                "HTTP/1.1 103 Hints|Link: x||HTTP/1.1 200 OK|Content-Length: 1||y"
                        + " > HTTP/1.1 200 OK|Connection: close|Content-Length: 1||y",
                "HTTP/1.1 200 OK|Content-Length: 1|Content-Length: 1||y"
                        + " > HTTP/1.1 200 OK|Connection: close|Content-Length: 1||y",
                "HTTP/1.1 200 OK|Content-Length: 1|Connection: keep-alive, X-A|X-A: 1|Set-Cookie: a|Set-Cookie: b||yz"
                        + " > HTTP/1.1 200 OK|Connection: close|Content-Length: 1|Set-Cookie: a|Set-Cookie: b||y",
                "HTTP/1.1 302 Found|Location: http://10.0.0.1/|Content-Length: 0||"
                        + " > HTTP/1.1 302 Found|Connection: close|Content-Length: 0|Location: http://10.0.0.1/||",
            })
    void passesEveryKindOfAnswer(String said, String heard) throws Exception {
        try (RawServer server = RawServer.saying(said.replace("|", "\r\n"));
                ProxyClient client = ProxyClient.reaching(server.address())) {
            assertThat(client.say("GET " + server.url("/") + " HTTP/1.1\r\n\r\n"))
                    .isEqualTo(heard.replace("|", "\r\n"));
        }
    }

    @Test
    void passesTheHeadersOfAHeadAnswer() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
                ProxyClient client = ProxyClient.reaching(server.address())) {
            assertThat(client.say("HEAD " + server.url("/") + " HTTP/1.1\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 500\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
                "HTTP/1.1 200 OK\nX: 1\n\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void answers502ForAServerThatCannotBeUnderstood(String said) throws Exception {
        try (RawServer server = RawServer.saying(said);
                ProxyClient client = ProxyClient.reaching(server.address())) {
            assertThat(client.say("GET " + server.url("/") + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("X-Drover-Egress: unreachable\r\n");
        }
    }

    @Test
    void breaksOffWhenAnAnswerBreaksOff() throws Exception {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort");
                ProxyClient client = ProxyClient.reaching(server.address())) {
            assertThat(client.say("GET " + server.url("/") + " HTTP/1.1\r\n\r\n"))
                    .endsWith("\r\n\r\nshort")
                    .doesNotContain("502");
        }
    }

    @Test
    void sendsMegabytesInBothDirections() throws Exception {
        int size = 20_000_000;
        try (RawServer server = new RawServer((head, in, out) -> echo(in, out, size));
                ProxyClient client = ProxyClient.reaching(server.address());
                SocketChannel channel = client.connect()) {
            String body = "0123456789".repeat(size / 10);
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    ProxyClient.write(
                            channel,
                            "POST " + server.url("/") + " HTTP/1.1\r\nContent-Length: " + size + "\r\n\r\n" + body);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(ProxyClient.rest(channel).endsWith("\r\n\r\n" + body)).isTrue();
            writer.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello!\r\n0\r\n\r\n",
                "x\r\n",
                "-1\r\n",
                "0x5\r\nhello\r\n",
                "5 5\r\n",
                "\r\n",
                "ffffffffffffffffff\r\n",
                "5\nhello\r\n"
            })
    void answers400ForAMalformedChunk(String body) throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> in.readAllBytes());
                ProxyClient client = ProxyClient.reaching(server.address())) {
            assertThat(client.say("POST " + server.url("/") + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + body))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n");
        }
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndNeverToALaterOne() throws Exception {
        TestingNames names = new TestingNames()
                .answering("rebinding.example", "127.0.0.2")
                .answering("rebinding.example", "127.0.0.1");
        try (RawServer server = RawServer.saying(DONE);
                ProxyClient client = new ProxyClient(Patience.USUAL, names, "127.0.0.2/32")) {
            String request = "GET http://rebinding.example:" + server.port() + "/ HTTP/1.1\r\n\r\n";
            assertThat(client.say(request)).startsWith("HTTP/1.1 502").contains("rebinding.example port");
            assertThat(client.say(request)).startsWith("HTTP/1.1 403").contains("127.0.0.1 is loopback");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void triesTheCheckedAddressesInTurn() throws Exception {
        TestingNames names = new TestingNames().answering("two.example", "127.0.0.2", "127.0.0.1");
        try (RawServer server = RawServer.saying(DONE);
                ProxyClient client = new ProxyClient(Patience.USUAL, names, "127.0.0.0/8:" + server.port())) {
            assertThat(client.say("GET http://TWO.example.:" + server.port() + "/ HTTP/1.1\r\n\r\n"))
                    .endsWith("done");
            assertThat(server.heads().getFirst()).contains("Host: two.example:" + server.port() + "\r\n");
        }
    }

    private static void echo(InputStream in, OutputStream out, int size) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[8_192];
        for (int left = size; left > 0; ) {
            int read = in.read(buffer, 0, Math.min(left, buffer.length));
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
