package dev.drover.core.computer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server's end of the one process that stays in a computer and runs its commands side by side
 * ({@code resident-shell.pl}). Idle, it is two parked virtual threads.
 */
final class ResidentShell implements AutoCloseable {
    private static final int HEADER = 9;
    /** What the shell says at most in one frame; more comes from somebody who has taken it over. */
    private static final int LARGEST_FRAME = 1 << 20;

    private final SocketChannel channel;
    private final DataInputStream input;
    private final BlockingQueue<ByteBuffer> orders = new LinkedBlockingQueue<>();
    private final Map<Integer, ShellCommand> commands = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, String> measured = new LinkedHashMap<>();
    private volatile boolean open = true;

    /** Takes the call of a shell that has just started, and its measurements with it. */
    ResidentShell(SocketChannel channel, Map<String, String> environment) throws IOException {
        this.channel = channel;
        this.input = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        Frame hello = read();
        hello.text().lines().forEach(this::note);
        environment(environment);
        // Reads and writes are on threads of their own: an interrupt of a caller would close the channel.
        Thread.ofVirtual().name("shell-reader").start(this::listen);
        Thread.ofVirtual().name("shell-writer").start(this::write);
    }

    /** All variables of the commands that begin from now on. */
    final void environment(Map<String, String> variables) {
        order('v', 0, lines(variables).collect(Collectors.joining("\0")).getBytes(UTF_8));
    }

    /** What the shell found out about itself before anything else ran: lines of /proc/self and a few more. */
    Map<String, String> measured() {
        return measured;
    }

    boolean open() {
        return open;
    }

    ShellCommand start(String command) {
        return start('r', command);
    }

    private ShellCommand start(char kind, String order) {
        int number = numbers.incrementAndGet();
        ShellCommand started = new ShellCommand(this, number);
        commands.put(number, started);
        order(kind, number, order.getBytes(UTF_8));
        if (!open) {
            loseAll();
        }
        return started;
    }

    /** Starts a command that talks over the socket of that name, which lies beside the shell's own. */
    ShellCommand converse(String socket, String command, Map<String, String> variables) {
        String order =
                Stream.concat(Stream.of(socket, command), lines(variables)).collect(Collectors.joining("\0"));
        return start('c', order);
    }

    void order(char kind, int number) {
        order(kind, number, new byte[0]);
    }

    @Override
    public void close() {
        open = false;
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is closed: there is nothing left to write that could be lost.
        }
        orders.add(ByteBuffer.allocate(0));
        loseAll();
    }

    private void order(char kind, int number, byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length);
        orders.add(frame.put((byte) kind)
                .putInt(number)
                .putInt(body.length)
                .put(body)
                .flip());
    }

    private static Stream<String> lines(Map<String, String> variables) {
        return variables.entrySet().stream().map(variable -> variable.getKey() + "=" + variable.getValue());
    }

    private void note(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            measured.put(line.substring(0, colon), line.substring(colon + 1).strip());
        } else {
            // /proc/self/limits has columns instead: the name takes the first 26 places.
            measured.put(
                    line.substring(0, Math.min(26, line.length())).strip(),
                    line.substring(Math.min(26, line.length())).strip());
        }
    }

    private void listen() {
        try (this) {
            while (true) {
                answer(read());
            }
        } catch (IOException | NumberFormatException e) {
            open = false;
        }
    }

    private void answer(Frame frame) {
        ShellCommand command = commands.get(frame.number());
        if (command == null) {
            return;
        }
        switch (frame.kind()) {
            case 'o', 'e' -> command.printed(frame.kind(), frame.body());
            default -> {
                command.endedWith(frame.text());
                commands.remove(frame.number());
            }
        }
    }

    private void write() {
        try (this) {
            while (open) {
                ByteBuffer frame = orders.take();
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            }
        } catch (IOException | InterruptedException e) {
            open = false;
        }
    }

    private Frame read() throws IOException {
        char kind = (char) input.readByte();
        int number = input.readInt();
        int length = input.readInt();
        if (length < 0 || length > LARGEST_FRAME) {
            throw new IOException("the resident shell sent a frame of " + length + " bytes, at most " + LARGEST_FRAME
                    + " are expected");
        }
        return new Frame(kind, number, input.readNBytes(length));
    }

    private void loseAll() {
        commands.values().forEach(ShellCommand::lose);
        commands.clear();
    }

    private record Frame(char kind, int number, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }
    }
}
