package dev.drover.provider.egress;

import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.EgressGuard;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Doors that are small HTTP/1.1 proxies on unix sockets, each with the guard of its own computer. */
public final class EgressProxy implements EgressDoors {
    private static final int BACKLOG = 512;
    private static final int LONGEST_PATH = 107;

    private final Patience patience;

    public EgressProxy() {
        this(Patience.USUAL);
    }

    EgressProxy(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ProxyDoor open(Path socket, EgressGuard guard) throws IOException {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new IOException("the egress socket '%s' has a path of %d bytes, but a unix socket takes at most %d;"
                            .formatted(socket, length, LONGEST_PATH)
                    + " choose a shorter data folder (DROVER_DATA)");
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException("the egress socket '" + socket + "' cannot be made: " + e.getMessage(), e);
        }
        ProxyDoor door = new ProxyDoor(socket, server, guard, patience);
        door.start();
        return door;
    }
}
