package dev.drover.provider.computer.kubernetes;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A command in a pod, over a WebSocket that says {@code v4.channel.k8s.io}: the first byte of a message names the
 * stream. The client's own exec loses what is sent before the last message is out when the JDK's HTTP client is below
 * it, so here each waits for the one before.
 */
final class ExecStream implements WebSocket.Listener, AutoCloseable {
    static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int MOST_COMPLAINTS = 1 << 16;
    private static final long PACE_NANOS = 50_000;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final BlockingQueue<ByteBuffer> printed = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile @Nullable WebSocket socket;
    private volatile boolean closed;

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
    }

    @Override
    public void onMessage(WebSocket from, ByteBuffer bytes) {
        if (bytes.remaining() > 1) {
            switch (bytes.get()) {
                case 1 -> printed.add(copy(bytes));
                case 2, 3 -> complain(copy(bytes)); // errors of the command, and the cluster's word on its end
                default -> {
                    // There are no others without a terminal.
                }
            }
        }
        from.request();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private void complain(ByteBuffer bytes) {
        synchronized (complaints) {
            byte[] fitting = new byte[Math.min(bytes.remaining(), MOST_COMPLAINTS - complaints.size())];
            bytes.get(fitting);
            complaints.writeBytes(fitting);
        }
    }

    @Override
    public void onClose(WebSocket from, int code, String reason) {
        closed = true;
        printed.add(END);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        complain(StandardCharsets.UTF_8.encode(String.valueOf(error.getMessage())));
        closed = true;
        printed.add(END);
    }

    String complaints() {
        synchronized (complaints) {
            return complaints.toString(StandardCharsets.UTF_8);
        }
    }

    /** To the command's standard input, whole or not at all. */
    void send(byte[] bytes) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(bytes.length + 1).put((byte) 0).put(bytes);
        sending.lock();
        try {
            WebSocket open = socket;
            while (open != null && !closed && open.queueSize() > 0) {
                LockSupport.parkNanos(PACE_NANOS);
            }
            if (open == null || closed || !open.send(message.flip())) {
                throw new IOException("the stream into the pod is closed");
            }
        } finally {
            sending.unlock();
        }
    }

    /** What the command prints. */
    InputStream output() {
        return new Printed();
    }

    @Override
    public void close() {
        closed = true;
        printed.add(END);
        WebSocket open = socket;
        if (open != null) {
            open.sendClose(1000, "");
        }
    }

    private final class Printed extends InputStream {
        private ByteBuffer part = END;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                while (!part.hasRemaining()) {
                    part = printed.take();
                    if (part.capacity() == 0) {
                        printed.add(END); // for whoever asks again
                        return -1;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a pod was listened to");
            }
            int count = Math.min(length, part.remaining());
            part.get(into, offset, count);
            return count;
        }
    }
}
