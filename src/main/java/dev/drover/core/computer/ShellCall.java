package dev.drover.core.computer;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The one call that a freshly launched shell makes; the socket is gone as soon as it has been taken. */
final class ShellCall implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final ComputerSocket socket;

    ShellCall(Path path, Owner owner) throws IOException {
        socket = new ComputerSocket(path, owner);
    }

    /** Waits until the shell has called and told what it measured. */
    ResidentShell take(Process process, Map<String, String> environment)
            throws ComputerFailure, IOException, InterruptedException {
        Thread.startVirtualThread(() -> giveUpWith(process));
        try {
            ResidentShell shell = new ResidentShell(socket.accept(), environment);
            socket.close(); // whatever is judged now may take its time
            return shell;
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
        socket.close();
    }

    private void giveUpWith(Process process) {
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended && socket.isOpen()) {
                end(process);
            }
            socket.giveUp();
        } catch (IOException | InterruptedException e) {
            end(process);
        }
    }

    /** By its handle, which leaves what it has said to be read; what is no process of this host has none. */
    private static void end(Process process) {
        try {
            process.toHandle().destroyForcibly();
        } catch (UnsupportedOperationException e) {
            process.destroyForcibly();
        }
    }

    private static String complaint(Process process) throws IOException {
        end(process);
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return "no shell started" + (said.isEmpty() ? "" : ": " + said.replace('\n', ' '));
    }
}
