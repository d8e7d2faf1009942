package dev.drover.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that follows a run and waits: a bare socket, so that thousands cost this process little. */
final class OpenFollower implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final Thread reader;
    private volatile boolean heard;
    private volatile boolean ended;
    private volatile boolean broken;

    private OpenFollower(Socket socket) {
        this.socket = socket;
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /** Returns when the stream has begun. */
    static OpenFollower of(Client client, String agent) throws IOException {
        Socket socket = new Socket(client.server().getHost(), client.server().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        OpenFollower follower = new OpenFollower(socket);
        String request = "GET /api/v1/agents/%s/events HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(agent, client.server().getAuthority(), client.key());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String begin = follower.some();
        if (!begin.startsWith("HTTP/1.1 200")) {
            socket.close();
            throw new IOException("a follower was answered: " + begin);
        }
        follower.reader.start();
        return follower;
    }

    private String some() throws IOException {
        byte[] buffer = new byte[2_048];
        int length = socket.getInputStream().read(buffer);
        return length < 0 ? "" : new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    private void read() {
        byte[] buffer = new byte[512];
        try (InputStream in = socket.getInputStream()) {
            for (int length = in.read(buffer); length >= 0 && !ended; length = in.read(buffer)) {
                String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
                if (text.contains("\n:\n") || text.startsWith(":\n")) {
                    heard = true;
                }
                ended = text.contains("event: end");
            }
            broken = !ended;
        } catch (IOException e) {
            broken = !ended;
        }
    }

    boolean heardAHeartbeat() {
        return heard;
    }

    boolean sawTheEnd() {
        return ended;
    }

    boolean isOpen() {
        return !ended && !broken;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
