package dev.drover.testing.model;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1. It reads on while an answer is being written, so that a client that goes away is noticed
 * at once, also when nothing is written.
 */
final class Connection {
    record Request(String method, String path, Map<String, String> headers, byte[] body) {}

    /** Answers requests. */
    interface Handler {
        void answer(Request request, Connection connection) throws IOException, InterruptedException;
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean answering;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Serves until the client goes; true when it went in the middle of an answer. */
    boolean serve(Handler handler) throws IOException, InterruptedException {
        Thread answer = new Thread(() -> {});
        try (socket) {
            for (Request request = read(); request != null; request = read()) {
                answer.join();
                Request current = request;
                answering = true;
                answer = Thread.startVirtualThread(() -> answer(handler, current));
            }
            return answering;
        } catch (IOException _) {
            return answering;
        } finally {
            answer.interrupt();
        }
    }

    void whole(int status, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        answering = false;
        head(status, headers, "Content-Length: " + bytes.length);
        out.write(bytes);
        out.flush();
    }

    void startStream(String contentType) throws IOException {
        head(200, Map.of("Content-Type", contentType), "Transfer-Encoding: chunked");
        out.flush();
    }

    void piece(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes(ascii(Integer.toHexString(bytes.length) + "\r\n"));
        chunk.writeBytes(bytes);
        chunk.writeBytes(ascii("\r\n"));
        out.write(chunk.toByteArray());
        out.flush();
    }

    void endStream() throws IOException {
        answering = false;
        out.write(ascii("0\r\n\r\n"));
        out.flush();
    }

    void cut() throws IOException {
        answering = false;
        socket.close();
    }

    private void answer(Handler handler, Request request) {
        try {
            handler.answer(request, this);
        } catch (IOException | InterruptedException _) {
            // The client went away; serve() counts that.
        }
    }

    private void head(int status, Map<String, String> headers, String framing) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(ascii(head + framing + "\r\n\r\n"));
    }

    private @Nullable Request read() throws IOException {
        String start = line();
        if (start.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(start.split(" ", -1)[0], start.split(" ", -1)[1], headers, body);
    }

    /** Up to the line's end, or empty at the end of all. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
