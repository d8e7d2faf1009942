package dev.drover.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.websocket.WsUpgrader;
import java.util.Set;

/** Opens every connection, as Helidon would, and remembers it for the thread that serves it. */
final class Wires implements ServerConnectionSelector {
    /** Helidon gives each connection a thread of its own, and hands handlers no other trace of it. */
    private static final ThreadLocal<Wire> HERE = new ThreadLocal<>();

    private final Http1ConnectionSelector usual;
    private volatile boolean stopping;
    private volatile boolean draining;

    Wires(Http1Config config) {
        usual = Http1ConnectionSelector.builder()
                .config(config)
                .addUpgrader(WsUpgrader.create(Sockets.CONFIG))
                .build();
    }

    /** The connection that the calling thread serves. */
    Wire here() {
        return HERE.get();
    }

    /** From now on no connection is used again. */
    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    /** From now on the end of a connection is our own doing. */
    void stop() {
        stopping = true;
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        HERE.set(new Wire(context, () -> stopping));
        return usual.connection(context);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return usual.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return usual.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return usual.supportedApplicationProtocols();
    }
}
