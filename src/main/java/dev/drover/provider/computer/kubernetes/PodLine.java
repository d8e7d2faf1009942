package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.Execution;
import dev.drover.core.computer.ShellProgram;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The server's end of the one exec stream into a pod ({@code line.pl} is the other). What calls inside is led to the
 * sockets that computers of this host call on; so the shell, dialogues and the way out work as they do here, and a pod
 * needs no network at all.
 */
final class PodLine implements AutoCloseable {
    /** Reads the program that it then is: so an image needs nothing but perl, and no file is left inside. */
    static final String[] COMMAND = {"perl", "-e", """
            binmode STDIN; binmode STDOUT;
            sub take {
                my ($length, $bytes) = (shift, '');
                while (length $bytes < $length) {
                    sysread STDIN, $bytes, $length - length $bytes, length $bytes or exit;
                }
                return $bytes;
            }
            eval take(unpack 'N', take(4));
            die $@ if $@;
            """};

    private static final System.Logger LOG = System.getLogger(PodLine.class.getName());
    private static final int HEADER = 9;
    private static final int LARGEST_FRAME = 1 << 20;
    private static final int MOST_CHANNELS = 1024;
    private static final Duration PULSE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SOCKET = Pattern.compile("[A-Za-z0-9]{1,12}");

    private final ExecStream exec;
    private final Path sockets;
    private final Map<Integer, LineChannel> channels = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long heard = System.nanoTime();

    /**
     * Over a stream that has just begun.
     *
     * @param sockets where what calls inside is led to; of this computer alone
     * @param shell whether a shell is to live there, and a way out
     */
    PodLine(ExecStream exec, Path sockets, String name, boolean shell) throws IOException {
        this.exec = exec;
        this.sockets = sockets;
        Thread.ofVirtual().name("pod-line").start(this::listen);
        Thread.ofVirtual().name("pod-pulse").start(this::beat);
        List<String> command = ShellProgram.command("", "", "", "");
        String words = String.join(
                "\0",
                shell ? program(ShellProgram.class, ShellProgram.NAME) : "",
                program(PodLine.class, "files.pl"),
                command.get(3),
                Integer.toString(Execution.OUTPUT_LIMIT),
                name,
                PodPlan.HOME);
        exec.send(sized(program(PodLine.class, "line.pl")));
        exec.send(sized(words));
    }

    private static String program(Class<?> beside, String name) throws IOException {
        try (InputStream program = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new String(program.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] sized(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    boolean isOpen() {
        return ended.getCount() > 0;
    }

    boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    String complaints() {
        return exec.complaints();
    }

    /** Asks for work on files; whoever does closes the channel. */
    LineChannel work() throws IOException {
        int id = numbers.getAndAdd(2);
        LineChannel channel = new LineChannel(this, id);
        channels.put(id, channel);
        if (!send('o', id, new byte[0], 0, 0)) {
            channels.remove(id);
            throw new IOException("the computer cannot be reached");
        }
        return channel;
    }

    /** Whether it went out. */
    boolean send(char kind, int id, byte[] body, int offset, int length) {
        byte[] frame = ByteBuffer.allocate(HEADER + length)
                .put((byte) kind)
                .putInt(id)
                .putInt(length)
                .put(body, offset, length)
                .array();
        try {
            exec.send(frame);
            return isOpen();
        } catch (IOException e) {
            close();
            return false;
        }
    }

    void forget(int id) {
        channels.remove(id);
    }

    private void listen() {
        try (this;
                DataInputStream input = new DataInputStream(new BufferedInputStream(exec.output()))) {
            while (isOpen()) {
                char kind = (char) input.readByte();
                int id = input.readInt();
                int length = input.readInt();
                if (length < 0 || length > LARGEST_FRAME) {
                    throw new IOException("a frame of " + length + " bytes");
                }
                take(kind, id, input.readNBytes(length));
                heard = System.nanoTime();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a line into a pod has ended: {0}", e.toString());
        }
    }

    private void take(char kind, int id, byte[] body) throws IOException {
        if (kind == 'n') {
            return;
        }
        if (kind == 'c') {
            bridge(id, new String(body, StandardCharsets.UTF_8));
            return;
        }
        LineChannel channel = channels.get(id);
        if (channel != null) {
            channel.take(kind, body);
        }
    }

    /** Leads a call to one of this computer's sockets; whose names are secrets, where they are not for everybody. */
    private void bridge(int id, String name) throws IOException {
        if (id % 2 != 0 || channels.size() >= MOST_CHANNELS || channels.containsKey(id)) {
            throw new IOException("channel " + id + " was not to be expected");
        }
        LineChannel channel = new LineChannel(this, id);
        channels.put(id, channel);
        Thread.ofVirtual().name("pod-bridge").start(() -> {
            try (channel;
                    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                if (!SOCKET.matcher(name).matches()) {
                    throw new IOException("no socket has such a name");
                }
                socket.connect(UnixDomainSocketAddress.of(sockets.resolve(name)));
                Thread outward = Thread.ofVirtual().name("pod-bridge").start(() -> pumpOut(socket, channel));
                pumpIn(channel, socket);
                outward.join();
            } catch (IOException | InterruptedException e) {
                LOG.log(System.Logger.Level.DEBUG, "a call from a pod came to nothing: {0}", e.toString());
            }
        });
    }

    private static void pumpOut(SocketChannel socket, LineChannel channel) {
        try (OutputStream out = channel.output()) {
            Channels.newInputStream(socket).transferTo(out);
        } catch (IOException e) {
            // It is over on that side, and its end was passed on.
        }
    }

    private static void pumpIn(LineChannel channel, SocketChannel socket) throws IOException {
        byte[] part = new byte[32_768];
        for (int count = channel.input().read(part);
                count >= 0;
                count = channel.input().read(part)) {
            ByteBuffer bytes = ByteBuffer.wrap(part, 0, count);
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
        }
        if (channel.isOver()) {
            socket.close();
        } else {
            socket.shutdownOutput();
        }
    }

    /** A line that was cut somewhere far away looks open from here. */
    private void beat() {
        try {
            while (!awaitEnd(PULSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - heard > PATIENCE.toNanos() || !send('n', 0, new byte[0], 0, 0)) {
                    close();
                }
            }
        } catch (InterruptedException e) {
            close();
        }
    }

    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        ended.countDown();
        channels.values().forEach(LineChannel::lose);
        channels.clear();
        exec.close();
    }
}
