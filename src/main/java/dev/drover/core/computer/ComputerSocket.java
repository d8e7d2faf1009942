package dev.drover.core.computer;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A socket on which the inside of a computer calls once; gone as soon as it has been taken. Always the inside calls: a
 * socket in there, to which the server would connect, could be a link to one of the host's.
 */
final class ComputerSocket implements AutoCloseable {
    private static final int LONGEST_PATH = 107;

    private final Path path;
    private final ServerSocketChannel listener;

    ComputerSocket(Path path, Owner owner) throws IOException {
        this.path = path;
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new IOException("the path of socket " + path + " is longer than the " + LONGEST_PATH
                    + " bytes that Linux allows; choose a shorter data folder");
        }
        Files.deleteIfExists(path);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path), 1);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        owner.own(path);
    }

    SocketChannel accept() throws IOException {
        return listener.accept();
    }

    boolean isOpen() {
        return listener.isOpen();
    }

    /** Ends the wait for a call, with an AsynchronousCloseException. */
    void giveUp() throws IOException {
        listener.close();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
    }
}
