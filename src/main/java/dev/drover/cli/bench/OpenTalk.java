package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One run that is streamed over a bare socket, so that the moment of its first event is that of the bytes. */
final class OpenTalk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String STEP = "event:step";

    private final Socket socket;
    private final BufferedReader lines;
    private final long sent;

    private OpenTalk(Socket socket, BufferedReader lines, long sent) {
        this.socket = socket;
        this.lines = lines;
        this.sent = sent;
    }

    /** Returns when the request is sent. */
    static OpenTalk begin(Client client, String path, Map<String, Object> order) throws IOException {
        byte[] body = JSON.writeValueAsBytes(order);
        String head = """
                POST %s HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """.formatted(path, client.server().getAuthority(), client.key(), body.length);
        long before = System.nanoTime();
        Socket socket = new Socket(client.server().getHost(), client.server().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        byte[] request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        socket.getOutputStream().write(request);
        return new OpenTalk(
                socket,
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
                before);
    }

    /** Nanoseconds from the first thing this did to the first event. */
    long firstFrame() throws IOException {
        String line = lines.readLine();
        if (line == null || !line.startsWith("HTTP/1.1 200")) {
            throw new IOException("a stream was answered: " + line);
        }
        while (line != null && !line.equals(STEP)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("a stream ended before its first step");
        }
        return System.nanoTime() - sent;
    }

    /** Reads to the end; how many steps there were, the first included. */
    int finish() throws IOException {
        int steps = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            steps += line.equals(STEP) ? 1 : 0;
        }
        return steps;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
