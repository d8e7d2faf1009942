package dev.drover.testing;

import dev.drover.provider.database.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a database on which, when told to, the answer to a commit is lost: it was done, and nobody heard so. */
public final class LossyBridge implements AutoCloseable {
    private final DatabaseAddress database;
    private final ServerSocket listener;
    private final AtomicBoolean losesNextCommit = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();

    public LossyBridge(DatabaseAddress database) throws IOException {
        this.database = database;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** The database by way of this bridge. */
    public DatabaseAddress address() {
        String over = database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + listener.getLocalPort() + "/");
        // A statement that the driver prepared would not go over the bridge by its words.
        return new DatabaseAddress(over + "?prepareThreshold=0", database.user(), database.password());
    }

    public void loseAnswerToNextCommit() {
        losesNextCommit.set(true);
    }

    /** How many answers were lost so far. */
    public int lost() {
        return lost.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        URI target = URI.create(database.url().substring("jdbc:".length()));
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                AtomicBoolean deaf = new AtomicBoolean();
                Thread.startVirtualThread(() -> carry(client, server, deaf, true));
                Thread.startVirtualThread(() -> carry(server, client, deaf, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void carry(Socket from, Socket to, AtomicBoolean deaf, boolean orders) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (orders && holdsCommit(buffer, count) && losesNextCommit.compareAndSet(true, false)) {
                    deaf.set(true);
                }
                if (!orders && deaf.get()) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException closed) {
            // One of the two went away, and so does the other.
        }
    }

    private static boolean holdsCommit(byte[] bytes, int count) {
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
    }
}
