package dev.drover.core.computer;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The one call that a freshly launched shell makes; the socket is gone as soon as it has been taken. */
final class ShellCall implements AutoCloseable {
    private static final int LONGEST_SOCKET_PATH = 107;
    private static final long PATIENCE_SECONDS = 20;

    private final Path socket;
    private final ServerSocketChannel listener;

    ShellCall(Path socket, Owner owner) throws IOException {
        this.socket = socket;
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw new IOException("the path of socket " + socket + " is longer than the " + LONGEST_SOCKET_PATH
                    + " bytes that Linux allows; choose a shorter data folder");
        }
        Files.deleteIfExists(socket);
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket), 1);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        owner.own(socket);
    }

    /** Waits until the shell has called and told what it measured. */
    ResidentShell take(Process process, Map<String, String> environment)
            throws ComputerFailure, IOException, InterruptedException {
        Thread.startVirtualThread(() -> giveUpWith(process));
        try {
            return new ResidentShell(listener.accept(), environment);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while a computer was opened");
        } catch (AsynchronousCloseException e) {
            throw new ComputerFailure(complaint(process), e);
        } catch (IOException e) {
            throw new ComputerFailure(complaint(process) + "; " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
    }

    private void giveUpWith(Process process) {
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended && listener.isOpen()) {
                process.destroyForcibly();
            }
            listener.close();
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static String complaint(Process process) throws IOException {
        process.destroyForcibly();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return "no shell started" + (said.isEmpty() ? "" : ": " + said.replace('\n', ' '));
    }
}
