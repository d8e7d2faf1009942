package dev.drover.provider.computer.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * One of the talks that go over a {@link PodLine} side by side. At most a window of each is under way, so that one to
 * which nobody listens does not hold up the others.
 */
final class LineChannel implements AutoCloseable {
    private static final int WINDOW = 262_144;
    private static final int LARGEST = 32_768;
    private static final byte[] END = new byte[0];

    private final PodLine line;
    private final int id;
    private final Semaphore credit = new Semaphore(WINDOW);
    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private final InputStream input = new Arrived();
    private final OutputStream output = new Leaving();
    private volatile boolean over;

    LineChannel(PodLine line, int id) {
        this.line = line;
        this.id = id;
    }

    InputStream input() {
        return input;
    }

    /** Closing it tells the other side that no more comes. */
    OutputStream output() {
        return output;
    }

    boolean isOver() {
        return over;
    }

    /** What the other side sent, in the order in which it came. */
    void take(char kind, byte[] body) throws IOException {
        switch (kind) {
            case 'd' -> {
                if (body.length > WINDOW) {
                    throw new IOException("a channel's piece of " + body.length + " bytes is larger than its window");
                }
                arrived.add(body);
            }
            case 'e' -> arrived.add(END);
            case 'a' -> credit.release(Math.clamp(ByteBuffer.wrap(body).getInt(), 0, WINDOW));
            default -> lose();
        }
    }

    /** Whoever waits here is told that nothing more comes or goes. */
    void lose() {
        over = true;
        arrived.add(END);
        credit.release(WINDOW);
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            line.send('x', id, END, 0, 0);
        }
        line.forget(id);
        lose();
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while it talked with a computer");
    }

    /** The other side takes nothing more. */
    static final class HungUp extends IOException {
        private static final long serialVersionUID = 1L;

        HungUp() {
            super("the computer has hung up");
        }
    }

    private final class Arrived extends InputStream {
        private ByteBuffer part = ByteBuffer.allocate(0);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            while (!part.hasRemaining()) {
                if (!next()) {
                    return -1;
                }
            }
            int count = Math.min(length, part.remaining());
            part.get(into, offset, count);
            if (!part.hasRemaining()) {
                byte[] taken = ByteBuffer.allocate(4).putInt(part.capacity()).array();
                line.send('a', id, taken, 0, taken.length);
            }
            return count;
        }

        private boolean next() throws IOException {
            try {
                byte[] body = arrived.take();
                if (body.length == 0) {
                    arrived.add(body); // for whoever asks again
                    return false;
                }
                part = ByteBuffer.wrap(body);
                return true;
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private final class Leaving extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            for (int done = 0; done < length; ) {
                int part = Math.min(LARGEST, length - done);
                try {
                    credit.acquire(part);
                } catch (InterruptedException e) {
                    throw interrupted();
                }
                if (over || !line.send('d', id, bytes, offset + done, part)) {
                    throw new HungUp();
                }
                done += part;
            }
        }

        @Override
        public void close() {
            if (!over) {
                line.send('e', id, END, 0, 0);
            }
        }
    }
}
