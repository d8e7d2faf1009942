package dev.drover.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The WebSockets that are open, and how they come to be. */
final class Sockets implements AutoCloseable {
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final HeaderName HOP = HeaderNames.create(Hop.HEADER);
    private static final Duration GRACE = Duration.ofSeconds(1);

    static final WsConfig CONFIG =
            WsConfig.builder().maxFrameLength(LONGEST_TEXT).build();

    private final Patience patience;
    private final Supplier<String> requestIds;
    private final RequestLog log = new RequestLog();
    private final Set<SocketLine> open = ConcurrentHashMap.newKeySet();

    Sockets(Patience patience, Supplier<String> requestIds) {
        this.patience = patience;
        this.requestIds = requestIds;
    }

    WsRouting.Builder routing(List<SocketRoute> routes) {
        WsRouting.Builder routing = WsRouting.builder();
        routes.forEach(route -> routing.endpoint(route.path(), () -> new Ear(route)));
        return routing;
    }

    /** Tells everybody that the server goes, and gives them a moment to take note. */
    @Override
    public void close() {
        open.forEach(line -> line.close(WsCloseCodes.GOING_AWAY, "the server stops"));
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            while (!open.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(SocketLine::cut);
    }

    /** Listens to one peer, on the thread of its connection. */
    private final class Ear implements WsListener {
        private final SocketRoute route;
        private final StringBuilder heard = new StringBuilder();
        private @Nullable SocketTalk talk;
        private @Nullable SocketLine line;

        Ear(SocketRoute route) {
            this.route = route;
        }

        @Override
        public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
            try {
                talk = route.host().receive(prologue.query().first("token").orElse(null), headers.contains(HOP));
                return Optional.empty();
            } catch (Rejected e) {
                throw refusal(e.rejection(), prologue);
            }
        }

        @Override
        public void onOpen(WsSession session) {
            log.answered(new Visit(requestIds.get(), "GET", route.path()), Status.SWITCHING_PROTOCOLS_101.code());
            SocketTalk found = talk;
            if (found == null) {
                throw new IllegalStateException("a socket was opened that nobody received");
            }
            SocketLine made = new SocketLine(session, found, patience, open::remove);
            line = made;
            open.add(made);
            made.open();
        }

        @Override
        public void onMessage(WsSession session, String text, boolean last) {
            heard.append(text);
            if (heard.length() > LONGEST_TEXT) {
                close(WsCloseCodes.TOO_BIG, "a text has at most " + LONGEST_TEXT + " characters");
            } else if (last && talk != null) {
                String whole = heard.toString();
                heard.setLength(0);
                talk.said(whole);
            }
        }

        @Override
        public void onMessage(WsSession session, BufferData data, boolean last) {
            close(WsCloseCodes.CANNOT_ACCEPT, "texts are taken, no bytes");
        }

        @Override
        public void onPing(WsSession session, BufferData payload) {
            if (line != null) {
                line.pong(payload);
            }
        }

        @Override
        public void onClose(WsSession session, int status, String reason) {
            ended();
        }

        @Override
        public void onError(WsSession session, Throwable cause) {
            ended();
        }

        private void close(int code, String reason) {
            heard.setLength(0);
            if (line != null) {
                line.close(code, reason);
            }
        }

        private void ended() {
            if (line != null) {
                line.end();
            }
        }

        private static RequestException refusal(Rejection rejection, HttpPrologue prologue) {
            Rejection.Malformed why = rejection instanceof Rejection.Malformed malformed
                    ? malformed
                    : new Rejection.Malformed(Status.BAD_REQUEST_400.code(), rejection.toString());
            return RequestException.builder()
                    .type(DirectHandler.EventType.OTHER)
                    .status(Status.create(why.status()))
                    // With the path alone: a token in the query is not for the log.
                    .request(DirectTransportRequest.create(
                            prologue.rawProtocol(),
                            prologue.method().text(),
                            prologue.uriPath().rawPath()))
                    .setKeepAlive(false)
                    .message(why.reason())
                    .build();
        }
    }
}
