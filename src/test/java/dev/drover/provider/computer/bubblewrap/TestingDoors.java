package dev.drover.provider.computer.bubblewrap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.EgressGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Doors behind which somebody answers every request with the same few words. */
public final class TestingDoors implements EgressDoors {
    public static final String ANSWER = "met the door\n";

    @Override
    public Door open(Path socket, EgressGuard guard) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.startVirtualThread(() -> serve(listener));
        return () -> {
            try {
                listener.close();
                Files.deleteIfExists(socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static void serve(ServerSocketChannel listener) {
        while (listener.isOpen()) {
            try (SocketChannel client = listener.accept()) {
                client.read(ByteBuffer.allocate(4096));
                client.write(US_ASCII.encode("HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length()
                        + "\r\nConnection: close\r\n\r\n" + ANSWER));
            } catch (IOException e) {
                // The next client, or none when the door has been closed.
            }
        }
    }
}
