package dev.drover.cli.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Very many who follow one run, on one thread of this process, so that they take little of the machine. */
final class Crowd implements AutoCloseable {
    private static final byte[] WORD = "\nevent: tool_use\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CONNECTED_AT_ONCE = 100;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final AtomicInteger listening = new AtomicInteger();
    private final AtomicLong heard = new AtomicLong();
    private final Thread reader = Thread.ofPlatform().name("crowd").unstarted(this::read);

    /** When each of the calls reached each of the followers, by {@link System#nanoTime}. */
    private final long[][] arrivals;

    private volatile @Nullable IOException trouble;

    /** @param calls of tools that are waited for */
    Crowd(int calls, int followers) throws IOException {
        this.arrivals = new long[calls][followers];
    }

    /** Returns when all of them have been answered. */
    void follow(Client client, String agent) throws IOException, InterruptedException {
        reader.start();
        byte[] request = "GET /api/v1/agents/%s/events HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(agent, client.server().getAuthority(), client.key())
                .getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress server =
                new InetSocketAddress(client.server().getHost(), client.server().getPort());
        int all = arrivals[0].length;
        for (int number = 0; number < all; number++) {
            SocketChannel channel = SocketChannel.open(server);
            channels.add(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Ear(number));
            selector.wakeup();
            while (number - listening.get() > CONNECTED_AT_ONCE) {
                Thread.sleep(1);
            }
        }
        Together.await(Duration.ofSeconds(60), () -> listening.get() == all, () -> listening + " of them are told");
    }

    /** What one of them has heard so far. */
    private static final class Ear {
        private final int number;
        private int calls;
        private int matched;
        private boolean isOpen;

        Ear(int number) {
            this.number = number;
        }

        /** Whether a call is complete with this byte. */
        private boolean hears(byte next) {
            matched = next == WORD[matched] ? matched + 1 : next == WORD[0] ? 1 : 0;
            if (matched < WORD.length) {
                return false;
            }
            matched = 0;
            return true;
        }
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> {
                    try {
                        take((SocketChannel) key.channel(), (Ear) key.attachment());
                    } catch (IOException e) {
                        key.cancel();
                        trouble = e;
                    }
                });
            }
        } catch (ClosedSelectorException e) {
            // The end.
        } catch (IOException e) {
            trouble = e;
        }
    }

    private void take(SocketChannel channel, Ear ear) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            channel.close();
            return;
        }
        long now = System.nanoTime();
        buffer.flip();
        if (!ear.isOpen) {
            ear.isOpen = true;
            listening.incrementAndGet();
        }
        while (buffer.hasRemaining()) {
            if (ear.hears(buffer.get()) && ear.calls < arrivals.length) {
                arrivals[ear.calls++][ear.number] = now;
                heard.incrementAndGet();
            }
        }
    }

    /** How many calls have been heard by all of them together. */
    long heard() {
        return heard.get();
    }

    /** How long after its moment each of them heard the call of that number, in milliseconds. */
    List<Double> after(int call, long moment) throws IOException {
        IOException failure = trouble;
        if (failure != null) {
            throw failure;
        }
        List<Double> waits = new ArrayList<>();
        for (long arrival : arrivals[call]) {
            waits.add((arrival - moment) / 1e6);
        }
        return waits;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
