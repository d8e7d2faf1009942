package dev.drover.provider.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.egress.TestingNames;
import dev.drover.testing.RawServer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ModelDoorTest {
    private static final String TUNNEL = "CONNECT 127.0.0.1:3128 HTTP/1.1\r\n\r\n";

    private static final String DONE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";
    private static final String KEYS =
            "x-api-key: placeholder\r\nAuthorization: Bearer placeholder\r\nX-Goog-Api-Key: placeholder\r\n";

    private final AtomicBoolean lent = new AtomicBoolean(true);

    @TempDir
    Path folder;

    private RawServer vendor;
    private ProxyDoor door;

    @BeforeEach
    void open() throws Exception {
        vendor = RawServer.saying(DONE);
        ModelDoor models = name -> lent.get() && name.equals("anthropic")
                ? Optional.of(
                        new ModelDoor.Way(vendor.url("/base/"), "x-api-key", "the-real-key", List.of("/v1/messages")))
                : Optional.empty();
        EgressGuard guard = new EgressGuard(new TestingNames(), List.of(), List.of()).withModels(models);
        door = new EgressProxy().open(folder.resolve("s"), guard);
    }

    @AfterEach
    void close() throws Exception {
        door.close();
        vendor.close();
    }

    private String say(String text) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("s")));
            ProxyClient.write(channel, text);
            return ProxyClient.rest(channel);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /drover/models/anthropic/v1/messages?beta=true&key=placeholder HTTP/1.1\r\n",
                "POST http://127.0.0.1:3128/drover/models/anthropic/v1/messages?beta=true HTTP/1.1\r\n",
                TUNNEL + "POST /drover/models/anthropic/v1/messages?beta=true HTTP/1.1\r\n"
            })
    void putsTheRealKeyInThePlaceOfWhateverCame(String start) throws Exception {
        String answer = say(start + KEYS + "X-Other: stays\r\n\r\n");

        assertThat(answer).endsWith("done");
        assertThat(vendor.heads())
                .singleElement()
                .satisfies(head -> assertThat(head)
                        .startsWith("POST /base/v1/messages?beta=true HTTP/1.1")
                        .contains("x-api-key: the-real-key", "X-Other: stays", "Host: " + vendor.address())
                        .doesNotContain("placeholder"));
    }

    @Test
    void isShutWhenTheSettingSaysSo() throws Exception {
        lent.set(false);
        assertThat(say("POST /drover/models/anthropic/v1/messages HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("may not ask models of 'anthropic' with the server's key");
        assertThat(vendor.heads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/drover/models/openai/v1/messages",
                "/drover/models/anthropic/v1/files",
                "/drover/models/anthropic/v1/messages/../files",
                "/drover/models/anthropic/v1/%6dessages",
                "/drover/models/anthropic/",
                "http://localhost:3128/drover/models/anthropic/v1/organizations"
            })
    void leadsNowhereElse(String target) throws Exception {
        assertThat(say("GET " + target + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(vendor.heads()).isEmpty();
    }

    @Test
    void opensNoWayToTheServersOwnLoopback() throws Exception {
        assertThat(say("CONNECT 127.0.0.1:" + vendor.port() + " HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"))
                .doesNotContain("done");
        assertThat(say("GET " + vendor.url("/drover/other") + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(vendor.heads()).isEmpty();
    }

    @Test
    void neverShowsTheKey() {
        assertThat(new ModelDoor.Way("https://x", "x-api-key", "the-real-key", List.of()))
                .hasToString("Way[https://x]");
    }
}
