package dev.drover.core.computer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A dialogue over a socket of its own, so that the kernel holds back whoever talks faster than the other listens. */
final class SocketDialogue implements Dialogue {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ShellCommand process;
    private final SocketChannel channel;
    private final InputStream input;
    private final OutputStream output;

    private SocketDialogue(ShellCommand process, SocketChannel channel) {
        this.process = process;
        this.channel = channel;
        this.input = Channels.newInputStream(channel);
        this.output = Channels.newOutputStream(channel);
    }

    /** Starts the command; the socket's name cannot be guessed inside, so nothing else there takes the call. */
    static SocketDialogue begin(
            ResidentShell shell, AgentFolder folder, Owner owner, String command, Map<String, String> environment)
            throws ComputerFailure, InterruptedException {
        String name = randomName();
        try (ComputerSocket socket = new ComputerSocket(folder.sockets().resolve(name), owner)) {
            ShellCommand process = shell.converse(name, command, environment);
            Thread.ofVirtual().name("dialogue-call").start(() -> giveUpWith(process, socket));
            boolean begun = false;
            try {
                SocketDialogue dialogue = new SocketDialogue(process, socket.accept());
                begun = true;
                return dialogue;
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw new InterruptedException("interrupted while a process was started");
            } catch (AsynchronousCloseException e) {
                throw new ComputerFailure("the process did not start: " + process.complaints(), e);
            } finally {
                if (!begun) {
                    process.endSoon();
                }
            }
        } catch (IOException e) {
            throw new ComputerFailure("no process could be started to talk with: " + e.getMessage(), e);
        }
    }

    /** No longer than the name of the shell's own socket, which fits wherever the data folder does; and never it. */
    private static String randomName() {
        return Integer.toString(RANDOM.nextInt(36 * 36 * 36 * 36 * 36), 36).toUpperCase(Locale.ROOT);
    }

    private static void giveUpWith(ShellCommand process, ComputerSocket socket) {
        try {
            boolean ended = process.awaitEnd(PATIENCE);
            if (ended || socket.isOpen()) {
                socket.giveUp();
            }
        } catch (IOException | InterruptedException e) {
            process.endSoon();
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public String complaints() {
        return process.complaints();
    }

    @Override
    public String lastComplaints() {
        try {
            process.awaitEnd(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.complaints();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Whatever was on its way is lost either way.
        }
        process.endSoon();
    }
}
