package dev.drover.api.http;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.computer.Keeper;
import dev.drover.core.machine.Places;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One request to another server: its body goes through a file, so that it is sent at the other's pace, and its answer
 * on as it comes.
 */
final class Relay {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(3);

    /** What belongs to one connection, or is said anew by whoever sends. */
    private static final Set<String> OWN = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "expect",
            "host",
            "upgrade",
            "te",
            "trailer",
            "date",
            "origin",
            "vary",
            "x-request-id",
            "x-content-type-options",
            "x-forwarded-for",
            "forwarded",
            "x-real-ip",
            "http2-settings");

    private final HttpClient client;
    private final Places places;
    private final Keeper.There there;

    Relay(HttpClient client, Places places, Keeper.There there) {
        this.client = client;
        this.places = places;
        this.there = there;
    }

    Answer answer(Call call) {
        Path spool = null;
        try {
            spool = Files.createTempFile("drover-hop-", ".body");
            return answered(send(request(call, body(call, spool))));
        } catch (IOException e) {
            throw new UncheckedIOException("no place for a request that is sent on", e);
        } finally {
            remove(spool);
        }
    }

    private static BodyPublisher body(Call call, Path spool) throws IOException {
        if (call.header("Content-Length") == null && call.header("Transfer-Encoding") == null) {
            return BodyPublishers.noBody();
        }
        try (OutputStream out = Files.newOutputStream(spool)) {
            call.inquiry().body().copy(call.route().bodyLimit(), out);
        }
        return BodyPublishers.ofFile(spool);
    }

    private static void remove(@Nullable Path spool) {
        try {
            if (spool != null) {
                Files.deleteIfExists(spool);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest request(Call call, BodyPublisher body) {
        Inquiry inquiry = call.inquiry();
        String query = inquiry.rawQuery().get().replace("[", "%5B").replace("]", "%5D");
        URI target = there.url().resolve(query.isEmpty() ? inquiry.path() : inquiry.path() + "?" + query);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).method(call.route().method().name(), body);
        inquiry.headers().get().forEach((name, values) -> {
            if (passes(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        String id = MDC.get("request_id");
        if (id != null) {
            request.header("X-Request-Id", id);
        }
        return request.header(Hop.HEADER, places.here().toString())
                .header("X-Forwarded-For", inquiry.address())
                .build();
    }

    private static boolean passes(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return !OWN.contains(small) && !small.startsWith("access-control-") && !small.startsWith(":");
    }

    /** There is no end to how long something may take, but to how long nothing is heard of who does it. */
    private HttpResponse<InputStream> send(HttpRequest request) {
        CompletableFuture<HttpResponse<InputStream>> coming = client.sendAsync(request, BodyHandlers.ofInputStream());
        while (true) {
            try {
                return coming.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillAtWork) {
                if (!lives()) {
                    coming.cancel(true);
                    throw away("it is silent");
                }
            } catch (ExecutionException e) {
                throw away(String.valueOf(e.getCause()));
            } catch (InterruptedException e) {
                coming.cancel(true);
                Thread.currentThread().interrupt();
                throw new Refused(new Problem.Unavailable("the server is stopping", SOON));
            }
        }
    }

    private boolean lives() {
        try {
            return places.lives(there.node());
        } catch (Refused databaseAway) {
            return true;
        }
    }

    private Refused away(String why) {
        return new Refused(new Problem.Unavailable(
                "the computer of this agent is on server %s (%s), which did not answer: %s; try again in a few seconds,"
                                .formatted(there.node(), there.url(), why)
                        + " and if that does not help, see that servers reach each other (DROVER_NODE_URL)",
                SOON));
    }

    private Answer answered(HttpResponse<InputStream> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> {
            if (passes(name) && !name.equalsIgnoreCase("content-type")) {
                headers.put(name, String.join(", ", values));
            }
        });
        headers.put(Hop.HEADER, there.node().toString());
        return new Answer(response.statusCode(), headers, content(response));
    }

    private Content content(HttpResponse<InputStream> response) {
        String type = response.headers().firstValue("content-type").orElse("");
        OptionalLong length = response.headers().firstValueAsLong("content-length");
        InputStream body = watched(response.body());
        if (type.isEmpty() || length.orElse(-1) == 0) {
            closeQuietly(body);
            return type.isEmpty() ? new Content.None() : new Content.Bytes(type, new byte[0]);
        }
        return length.isPresent()
                ? new Content.Download(type, length.getAsLong(), () -> body)
                : new Content.Written(type, out -> {
                    try (body) {
                        body.transferTo(out);
                    }
                });
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Broken off when the other falls silent, since nothing else would end the reading. */
    private InputStream watched(InputStream body) {
        return new WatchedStream(body, LOOK, this::lives);
    }
}
