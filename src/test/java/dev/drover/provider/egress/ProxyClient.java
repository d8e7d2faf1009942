package dev.drover.provider.egress;

import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.TestingNames;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An open door and a client that says exactly the bytes it is told. */
final class ProxyClient implements AutoCloseable {
    static final Patience SHORT =
            new Patience(Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofMillis(600), Duration.ofMillis(300));

    private final Path folder;
    private final ProxyDoor door;

    ProxyClient(Patience patience, TestingNames names, String... allow) throws IOException {
        this.folder = Files.createTempDirectory("door");
        this.door = new EgressProxy(patience).open(socket(), new EgressGuard(names, List.of(allow), List.of()));
    }

    static ProxyClient reaching(String... allow) throws IOException {
        return new ProxyClient(Patience.USUAL, new TestingNames(), allow);
    }

    Path socket() {
        return folder.resolve("egress.sock");
    }

    ProxyDoor door() {
        return door;
    }

    SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket()));
        return channel;
    }

    /** All that the proxy says to this, until it hangs up. */
    String say(String text) throws IOException {
        try (SocketChannel channel = connect()) {
            write(channel, text);
            return rest(channel);
        }
    }

    static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static String rest(SocketChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes next, up to and with this text. */
    static String until(SocketChannel channel, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        ByteBuffer octet = ByteBuffer.allocate(1);
        while (heard.indexOf(end) < 0 && channel.read(octet.clear()) > 0) {
            heard.append((char) (octet.get(0) & 0xFF));
        }
        return heard.toString();
    }

    @Override
    public void close() throws IOException {
        door.close();
        Files.deleteIfExists(socket());
        Files.deleteIfExists(folder);
    }
}
