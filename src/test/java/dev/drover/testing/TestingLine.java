package dev.drover.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its connection between requests as long as the server does, and never sends a request twice:
 * unlike the JDK's, which hides a connection that broke.
 */
public final class TestingLine implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;

    private final URI url;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    public TestingLine(URI url) {
        this.url = url;
    }

    /** What came back. */
    public record Answer(int status, String body) {}

    /** Sends a request; an exception is a request that failed. */
    public Answer send(String method, String path, String key, String body) throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket(url.getHost(), url.getPort());
            open.setTcpNoDelay(true);
            open.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(open.getInputStream());
            socket = open;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                + (key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n")
                + (bytes.length == 0 ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        open.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        open.getOutputStream().write(bytes);
        return read();
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().substring("HTTP/1.1 ".length()).substring(0, 3));
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            last |= lower.startsWith("connection:") && lower.contains("close");
        }
        String body = chunked ? chunks() : text(length);
        if (last) {
            close();
        }
        return new Answer(status, body);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer broke off");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
