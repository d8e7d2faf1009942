package dev.drover.provider.computer.docker;

import dev.drover.core.computer.Owner;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where a container's first process calls and waits for the word to begin: so a container can be started ahead of its
 * time, and ends when the server does.
 */
final class Threshold implements AutoCloseable {
    private static final String NAME = "begin";
    private static final long PATIENCE_SECONDS = 20;

    /** Calls the socket, waits for one byte, and becomes the command that follows. Not every image has both names. */
    private static final String PROGRAM = """
            -d '/workspace' or die "the image has no link /workspace to /home/developer, as docker/base has\\n";
            socket($s, 1, 1, 0) && connect($s, pack('Sa108', 1, shift)) or die "cannot reach the server: $!\\n";
            sysread($s, $_, 1) or exit 0;
            exec @ARGV or die "cannot run $ARGV[0]: $!\\n";
            """;

    private final Path path;
    private final ServerSocketChannel listener;

    Threshold(Path sockets, Owner owner) throws IOException {
        path = sockets.resolve(NAME);
        Files.deleteIfExists(path);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path), 1);
        } catch (IOException e) {
            listener.close();
            throw new IOException("no socket can be made at " + path + ": " + e.getMessage()
                    + "; if its path is too long, choose a shorter data folder");
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        owner.own(path);
    }

    /** A command line that waits before it begins, with paths as seen inside. */
    static List<String> before(String sockets, List<String> command) {
        return Stream.concat(Stream.of("perl", "-e", PROGRAM, sockets + "/" + NAME), command.stream())
                .toList();
    }

    /** Waits until the process has called. */
    SocketChannel await(Process process) throws IOException {
        Thread.ofVirtual().name("threshold").start(() -> giveUpWith(process));
        return listener.accept();
    }

    /** Lets the process go on. */
    static void pass(SocketChannel waiting) throws IOException {
        try (waiting) {
            waiting.write(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    private void giveUpWith(Process process) {
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            listener.close();
        } catch (IOException | InterruptedException e) {
            // The listener is closed by whoever made it, too.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
    }
}
