package dev.drover.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A small load balancer: each new connection goes to the next server whose {@code /health} answers 200, asked again and
 * again. It passes bytes on and repeats nothing.
 */
public final class TestingBalancer implements AutoCloseable {
    private static final int ASKED_EVERY_MILLIS = 200;

    private final List<Supplier<URI>> servers;
    private final ServerSocket socket;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<URI> healthy = ConcurrentHashMap.newKeySet();
    private final Thread watch;

    private TestingBalancer(List<Supplier<URI>> servers) throws IOException {
        this.servers = List.copyOf(servers);
        this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        ask();
        this.watch = Thread.ofVirtual().start(this::watch);
        Thread.ofVirtual().start(this::accept);
    }

    public static TestingBalancer before(List<Supplier<URI>> servers) throws IOException {
        return new TestingBalancer(servers);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(ASKED_EVERY_MILLIS);
                ask();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void ask() {
        for (Supplier<URI> server : servers) {
            URI url = server.get();
            try (TestingLine line = new TestingLine(url)) {
                if (line.send("GET", "/health", "", "").status() == 200) {
                    healthy.add(url);
                } else {
                    healthy.remove(url);
                }
            } catch (IOException e) {
                healthy.remove(url);
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try (client) {
            URI url = next();
            try (Socket server = new Socket(url.getHost(), url.getPort())) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread back = Thread.ofVirtual().start(() -> pass(server, client));
                pass(client, server);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // The client sees its connection end.
        }
    }

    private URI next() throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            URI url = servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()))
                    .get();
            if (healthy.contains(url)) {
                return url;
            }
        }
        throw new IOException("no server is healthy");
    }

    /** Until the end of the one, which is told to the other. */
    private static void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            try {
                to.close();
            } catch (IOException alsoGone) {
                // As it should be.
            }
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        socket.close();
    }
}
