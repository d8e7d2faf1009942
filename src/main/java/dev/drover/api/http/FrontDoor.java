package dev.drover.api.http;

import dev.drover.core.Refused;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The one handler behind the server: every request comes in here and leaves with an answer, a log line and an id. */
final class FrontDoor implements Handler {
    /** Whoever sends one of these is, or stands behind, a proxy: its address is not the caller's. */
    private static final List<HeaderName> FORWARDED =
            List.of(HeaderNames.FORWARDED, HeaderNames.X_FORWARDED_FOR, HeaderNames.create("X-Real-IP"));

    private static final HeaderName PREFLIGHT = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;

    /** Stands in the log for the status of a request whose client went away before there was one. */
    private static final int GONE = 499;

    private final Reception reception;
    private final Sender sender;
    private final Patience patience;
    private final Wires wires;
    private final Supplier<String> requestIds;
    private final RequestLog log = new RequestLog();
    private final HttpMeters meters;

    FrontDoor(
            Reception reception,
            Sender sender,
            Patience patience,
            Wires wires,
            Supplier<String> requestIds,
            HttpMeters meters) {
        this.reception = reception;
        this.sender = sender;
        this.patience = patience;
        this.wires = wires;
        this.requestIds = requestIds;
        this.meters = meters;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Visit visit = new Visit(
                requestId(request),
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath());
        // The thread serves this connection's next request too, so what is put is taken away again.
        MDC.put("request_id", visit.requestId());
        try {
            serve(visit, request, response);
        } finally {
            MDC.remove("request_id");
        }
    }

    private void serve(Visit visit, ServerRequest request, ServerResponse response) {
        int status = GONE;
        try {
            Body body = new Body(request, patience);
            Answer answer = reception.answer(visit, inquiry(request, body, wires.here()));
            status = answer.status();
            boolean reusable = !watched(answer) && body.settle() && !lastRequest(request) && !wires.draining();
            send(answer, visit, request, response, reusable);
            if (!reusable) {
                finish(response);
                throw new CloseConnectionException("this was its last request");
            }
        } finally {
            log.answered(visit, status);
            meters.answered(visit, status);
        }
    }

    /** What has a watcher is not read from here any more, and so ends with this answer. */
    private boolean watched(Answer answer) {
        return wires.here().watched() || (answer.content() instanceof Content.Stream stream && stream.watched());
    }

    private static boolean lastRequest(ServerRequest request) {
        return request.headers().contains(HeaderValues.CONNECTION_CLOSE);
    }

    /** Too late for an error answer: whatever fails here ends the connection, and a follower comes back to ask why. */
    private void send(Answer answer, Visit visit, ServerRequest request, ServerResponse response, boolean reusable) {
        try {
            sender.send(answer, visit, request, response, reusable);
        } catch (IOException | UncheckedIOException | Refused e) {
            throw new CloseConnectionException("the answer broke off", e);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            log.broke(visit, e);
            throw new CloseConnectionException("the answer broke off", e);
        }
    }

    /** Helidon writes the end of a streamed body after the handler, which a connection to be closed does not reach. */
    private void finish(ServerResponse response) {
        if (response instanceof RoutingResponse whole) {
            try (Patience.Watch _ = patience.begin()) {
                whole.commit();
            }
        }
    }

    /** The caller's own id when it is harmless in a log, so that both sides can talk about the same request. */
    private String requestId(ServerRequest request) {
        String given = header(request, HeaderNames.create("X-Request-Id"));
        return given != null && given.matches("[A-Za-z0-9._:-]{1,100}") ? given : requestIds.get();
    }

    private static Inquiry inquiry(ServerRequest request, Body body, Wire wire) {
        SocketAddress peer = request.remotePeer().address();
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        boolean nearby = address != null
                && address.isLoopbackAddress()
                && FORWARDED.stream().noneMatch(request.headers()::contains);
        return new Inquiry(
                request.prologue().uriPath().rawPath(),
                () -> request.headers().stream().collect(Collectors.toMap(Header::name, Header::allValues)),
                name -> request.query().first(name).orElse(null),
                () -> request.query().toMap(),
                () -> request.query().rawValue(),
                name -> header(request, HeaderNames.create(name)),
                body::copy,
                address == null ? "unknown" : address.getHostAddress(),
                nearby,
                header(request, PREFLIGHT),
                Target.misfit(request.prologue()),
                () -> {
                    body.settle();
                    return wire;
                });
    }

    private static @Nullable String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse(null);
    }
}
