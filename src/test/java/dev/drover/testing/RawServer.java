package dev.drover.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that says exactly the bytes a test wants, and keeps what it heard. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final Answer answer;
    private final Thread acceptor;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public RawServer(Answer answer) throws IOException {
        this.server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        this.answer = answer;
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    /** A server that gives every request the same text. */
    public static RawServer saying(String text) throws IOException {
        return new RawServer((head, in, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public int port() {
        return server.getLocalPort();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    public String url(String path) {
        return "http://" + address() + path;
    }

    /** The request heads heard so far. */
    public List<String> heads() {
        return heads;
    }

    /** Returns when nobody can connect any more, which is only after the accept under way has given up. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    return;
                }
                head.append((char) octet);
            }
            heads.add(head.toString());
            OutputStream out = socket.getOutputStream();
            answer.to(head.toString(), in, out);
            out.flush();
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | InterruptedException gone) {
            // The client went away, which some tests want.
        }
    }

    /** Says something to one request. */
    @FunctionalInterface
    public interface Answer {
        void to(String head, InputStream in, OutputStream out) throws IOException, InterruptedException;
    }
}
