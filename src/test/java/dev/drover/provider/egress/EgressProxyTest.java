package dev.drover.provider.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.TestingNames;
import dev.drover.core.egress.Traffic;
import dev.drover.testing.RawServer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class EgressProxyTest {
    private static final String DONE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";

    @TempDir
    Path folder;

    @Test
    void refusesAPrivateTargetAndSaysWhy() throws Exception {
        try (ProxyClient client = ProxyClient.reaching()) {
            String reason = "the target '10.0.0.1' is private/internal: 10.0.0.1 is a private network, 10.0.0.0/8\n";
            for (String request :
                    List.of("GET http://10.0.0.1/x HTTP/1.1\r\n\r\n", "CONNECT 10.0.0.1:443 HTTP/1.1\r\n\r\n")) {
                assertThat(client.say(request))
                        .isEqualTo("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                + "Content-Length: " + reason.length()
                                + "\r\nX-Drover-Egress: denied\r\nConnection: close\r\n\r\n" + reason);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://169.254.169.254/latest/meta-data HTTP/1.1",
                "GET http://metadata.google.internal/ HTTP/1.1",
                "GET http://[::1]:80/ HTTP/1.1",
                "GET http://2130706433/ HTTP/1.1",
                "GET http://user@10.0.0.1/ HTTP/1.1",
                "GET ftp://example.com/ HTTP/1.1",
                "GET http://127.0.0.1\\@example.com/ HTTP/1.1",
                "CONNECT [::1]:443 HTTP/1.1",
                "CONNECT [::ffff:127.0.0.1]:443 HTTP/1.1",
                "CONNECT 0x7f000001:443 HTTP/1.1",
                "CONNECT 127.1:22 HTTP/1.0",
                "CONNECT [fe80::1%25eth0]:443 HTTP/1.1",
                "CONNECT 10.0.0.1:0 HTTP/1.1",
                "CONNECT 10.0.0.1:65536 HTTP/1.1"
            })
    void refusesWhatTheGuardForbids(String line) throws Exception {
        try (ProxyClient client = ProxyClient.reaching()) {
            assertThat(client.say(line + "\r\nHost: example.com\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .contains("X-Drover-Egress: denied\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\n\r\n",
                "GET https://example.com/ HTTP/1.1\r\n\r\n",
                "GET http://example.com/ HTTP/2.0\r\n\r\n",
                "GET http://example.com/\r\n\r\n",
                "GET  http://example.com/ HTTP/1.1\r\n\r\n",
                "G(T http://example.com/ HTTP/1.1\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\n\n",
                "\r\n\r\n",
                "\u0016\u0003\u0001\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\r\nBad Header: x\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\r\nX : y\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\r\nX: y\r\n folded\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\r\nX: a\u0000b\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\r\nX: a\rb\r\n\r\n",
                "GET http://example.com/ HTTP/1.1\r\nno colon\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nContent-Length: 4, 4\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nContent-Length: +4\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nContent-Length: 0x4\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nContent-Length: \r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST http://example.com/ HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "POST http://example.com/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "CONNECT example.com HTTP/1.1\r\n\r\n",
                "CONNECT http://example.com:80 HTTP/1.1\r\n\r\n",
                "CONNECT example.com:443/x HTTP/1.1\r\n\r\n",
                "CONNECT user@example.com:443 HTTP/1.1\r\n\r\n",
            })
    void answers400ForWhatIsNoProperProxyRequest(String request) throws Exception {
        try (ProxyClient client = ProxyClient.reaching()) {
            assertThat(client.say(request))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("X-Drover-Egress: malformed\r\n");
        }
    }

    @Test
    void countsWhatGoesThroughAsWhoeverIsInsideSeesIt() throws Exception {
        try (ProxyClient client = ProxyClient.reaching()) {
            String request = "CONNECT 10.0.0.1:80 HTTP/1.1\r\n\r\n";
            String answer = client.say(request);

            assertThat(client.door().traffic()).isEqualTo(new Traffic(answer.length(), request.length()));
        }
    }

    @Test
    void boundsTheHead() throws Exception {
        try (ProxyClient client = ProxyClient.reaching()) {
            assertThat(client.say("GET http://example.com/" + "x".repeat(70_000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(client.say("GET http://example.com/ HTTP/1.1\r\n" + "X: y\r\n".repeat(20_000) + "\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void answers502ForWhatCannotBeReached() throws Exception {
        RawServer gone = RawServer.saying("");
        gone.close();
        try (ProxyClient client = ProxyClient.reaching(gone.address())) {
            assertThat(client.say("CONNECT " + gone.address() + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("127.0.0.1 port " + gone.port() + " cannot be reached");
            assertThat(client.say("CONNECT nowhere.example:443 HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("'nowhere.example' has no address");
        }
    }

    @Test
    void tunnelsBothWaysAndPassesTheEndOfOneDirectionOn() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> {
                    out.write(("heard " + head).getBytes(StandardCharsets.US_ASCII));
                    out.write(in.readAllBytes());
                    out.write("!".getBytes(StandardCharsets.US_ASCII));
                });
                ProxyClient client = ProxyClient.reaching(server.address());
                SocketChannel channel = client.connect()) {
            ProxyClient.write(channel, "CONNECT " + server.address() + " HTTP/1.1\r\nHost: x\r\n\r\nearly");
            assertThat(ProxyClient.until(channel, "\r\n\r\n")).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\n");
            ProxyClient.write(channel, " bytes\r\n\r\nmore");
            channel.shutdownOutput();
            assertThat(ProxyClient.rest(channel)).isEqualTo("heard early bytes\r\n\r\nmore!");
        }
    }

    @Test
    void hangsUpOnAHeadThatDrips() throws Exception {
        try (ProxyClient client = new ProxyClient(ProxyClient.SHORT, new TestingNames());
                SocketChannel channel = client.connect()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            ProxyClient.write(channel, "G");
                            Thread.sleep(50);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void hangsUpOnATunnelInWhichNothingMoves() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> in.readAllBytes());
                ProxyClient client = new ProxyClient(ProxyClient.SHORT, new TestingNames(), server.address());
                SocketChannel channel = client.connect()) {
            ProxyClient.write(channel, "CONNECT " + server.address() + " HTTP/1.1\r\n\r\n");
            assertThat(ProxyClient.rest(channel)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void keepsATunnelInWhichSomethingMoves() throws Exception {
        try (RawServer server = new RawServer((head, in, out) -> {
                    for (int i = 0; i < 12; i++) {
                        Thread.sleep(100);
                        out.write('x');
                    }
                });
                ProxyClient client = new ProxyClient(ProxyClient.SHORT, new TestingNames(), server.address())) {
            assertThat(client.say("CONNECT " + server.address() + " HTTP/1.1\r\n\r\n\r\n\r\n"))
                    .endsWith("x".repeat(12));
        }
    }

    @Test
    void endsEverythingWhenItsDoorIsClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer server = new RawServer((head, in, out) -> {
                    out.write("ready".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    in.read();
                    ended.countDown();
                });
                ProxyClient client = ProxyClient.reaching(server.address());
                SocketChannel tunnel = client.connect();
                SocketChannel idle = client.connect()) {
            ProxyClient.write(tunnel, "CONNECT " + server.address() + " HTTP/1.1\r\n\r\n\r\n\r\n");
            ProxyClient.until(tunnel, "ready");
            client.door().close();
            client.door().close();
            assertThat(ProxyClient.rest(tunnel)).isEmpty();
            assertThat(ProxyClient.rest(idle)).isEmpty();
            ended.await();
            assertThatThrownBy(client::connect).isInstanceOf(IOException.class);
        }
    }

    @Test
    void leaksNothingInAThousandRequests() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "needs /proc: open descriptors are counted there");
        try (RawServer server = RawServer.saying(DONE);
                ProxyClient client = ProxyClient.reaching(server.address())) {
            long before = 0;
            for (int i = 0; i < 1_000; i++) {
                if (i == 100) {
                    before = count(descriptors);
                }
                String request = switch (i % 3) {
                    case 0 -> "GET " + server.url("/") + " HTTP/1.1\r\n\r\n";
                    case 1 -> "CONNECT " + server.address() + " HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n";
                    default -> "GET http://10.0.0.1/ HTTP/1.1\r\n\r\n";
                };
                assertThat(client.say(request)).endsWith(i % 3 == 2 ? "10.0.0.0/8\n" : "done");
            }
            for (int i = 0; i < 100 && client.door().connections() > 0; i++) {
                Thread.sleep(50);
            }
            assertThat(client.door().connections()).isZero();
            assertThat(count(descriptors)).isLessThan(before + 20);
        }
    }

    @Test
    void servesMoreClientsThanItServesAtOnce() throws Exception {
        try (RawServer server = RawServer.saying(DONE);
                ProxyClient client = ProxyClient.reaching(server.address())) {
            List<SocketChannel> channels = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                channels.add(client.connect());
            }
            assertThat(client.door().connections()).isLessThanOrEqualTo(256);
            for (SocketChannel channel : channels) {
                ProxyClient.write(channel, "GET " + server.url("/") + " HTTP/1.1\r\n\r\n");
                assertThat(ProxyClient.rest(channel)).endsWith("done");
                channel.close();
            }
        }
    }

    @Test
    void refusesAPathThatIsTooLongForASocket() {
        Path socket = folder.resolve("x".repeat(120));
        assertThatThrownBy(() -> new EgressProxy().open(socket, guard())).hasMessageContaining("DROVER_DATA");
    }

    @Test
    void refusesASocketThatExists() throws Exception {
        Path socket = Files.createFile(folder.resolve("s"));
        assertThatThrownBy(() -> new EgressProxy().open(socket, guard()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(socket.toString());
        assertThat(socket).exists();
    }

    private static EgressGuard guard() {
        return new EgressGuard(new TestingNames(), List.of(), List.of());
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
