package dev.drover.api.http;

import dev.drover.core.StartFailure;
import dev.drover.core.access.Caller;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsRouting;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Function;
import java.util.function.Supplier;

/** The running HTTP server. */
public final class HttpServer implements AutoCloseable {
    /** Above every route's own limit; it also bounds what one chunk of a body may make the server hold. */
    public static final long LARGEST_BODY = 32 << 20;

    private static final int ACCEPT_QUEUE = 5_000;

    private final WebServer server;
    private final Wires wires;
    private final Streams streams;
    private final Sockets sockets;
    private final Patience patience;

    private HttpServer(WebServer server, Wires wires, Streams streams, Sockets sockets, Patience patience) {
        this.server = server;
        this.wires = wires;
        this.streams = streams;
        this.sockets = sockets;
        this.patience = patience;
    }

    /**
     * Starts to listen, or fails with one line that says why.
     *
     * @param fork tells by a path alone whose words an answer to it speaks
     * @param identify the caller behind a credential
     */
    public static HttpServer start(
            HttpSettings settings,
            Router router,
            Function<String, Dialect> fork,
            Function<String, Caller> identify,
            Supplier<String> requestIds,
            MeterRegistry meters) {
        probe(settings);
        Patience patience = new Patience(settings.patience());
        Wires wires = new Wires(Http1Config.builder().validatePrologue(false).build());
        Streams streams = new Streams(settings.heartbeat(), patience, wires::here);
        Reception reception = new Reception(
                router, fork, new Doorkeeper(identify, new Trust(settings.trusted())), new Cors(settings.origins()));
        FrontDoor door = new FrontDoor(
                reception,
                new Sender(streams, patience),
                patience,
                wires,
                requestIds,
                new HttpMeters(meters, streams::count));
        Sockets sockets = new Sockets(patience, requestIds);
        WebServer server =
                build(settings, wires, door, new TransportErrors(fork, requestIds), sockets.routing(router.sockets()));
        server.start();
        if (!server.isRunning()) {
            throw new StartFailure(
                    "cannot listen on " + settings.host() + ":" + settings.port() + "; the log says why");
        }
        return new HttpServer(server, wires, streams, sockets, patience);
    }

    private static WebServer build(
            HttpSettings settings, Wires wires, FrontDoor door, TransportErrors errors, WsRouting.Builder sockets) {
        return WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .backlog(ACCEPT_QUEUE)
                .maxPayloadSize(Body.WASTE)
                .shutdownGracePeriod(settings.goodbye())
                .shutdownHook(false)
                .idleConnectionTimeout(settings.idle())
                // Nagle's algorithm against delayed acknowledgement costs 40 ms on every answer of more than a segment.
                .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(settings.idle()))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(wires)
                .addProtocol(Sockets.CONFIG)
                .addRouting(sockets)
                .directHandlers(errors.everywhere())
                .routing((HttpRouting.Builder routing) -> routing.any(door))
                .build();
    }

    /** Binds and lets go again, because Helidon only logs that it could not. */
    private static void probe(HttpSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage()
                            + "; stop what uses port " + settings.port()
                            + " or choose another with --port (DROVER_PORT)",
                    e);
        }
    }

    /** The real port, also when any free one was asked for. */
    public int port() {
        return server.port();
    }

    /** From now on every answer is the last on its connection, so that callers come back elsewhere. */
    public void drain() {
        wires.drain();
    }

    /** Ends event streams and sockets first, since a graceful stop would wait for them, then the server. */
    @Override
    public void close() {
        wires.stop();
        streams.close();
        sockets.close();
        server.stop();
        patience.close();
    }
}
