package dev.drover.api.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Puts an answer on the wire. */
final class Sender {
    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final int AT_ONCE = 64 * 1024;
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header EVENTS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Header UNBUFFERED = HeaderValues.createCached("X-Accel-Buffering", "no");

    private final Streams streams;
    private final Patience patience;

    Sender(Streams streams, Patience patience) {
        this.streams = streams;
        this.patience = patience;
    }

    void send(Answer answer, Visit visit, ServerRequest request, ServerResponse response, boolean reusable)
            throws IOException {
        response.status(Status.create(answer.status()));
        response.header(HeaderValues.create(REQUEST_ID, visit.requestId()));
        response.header(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (!reusable) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        boolean head = visit.method().equals("HEAD");
        switch (answer.content()) {
            case Content.None none -> send(response, new byte[0]);
            case Content.Bytes bytes -> whole(bytes, head, response);
            case Content.Written written -> written(written, head, response);
            case Content.Download download -> download(download, head, response);
            case Content.Stream stream -> stream(stream, head, response);
            case Content.Json json -> throw new IllegalStateException("JSON is written before it is sent");
        }
    }

    private void whole(Content.Bytes content, boolean head, ServerResponse response) throws IOException {
        byte[] bytes = content.bytes();
        response.header(
                content.type().equals("application/json")
                        ? JSON
                        : HeaderValues.create(HeaderNames.CONTENT_TYPE, content.type()));
        response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes.length));
        if (head) {
            send(response, new byte[0]);
        } else if (bytes.length <= AT_ONCE) {
            send(response, bytes);
        } else {
            try (OutputStream out = new PatientOutput(response.outputStream(), patience)) {
                out.write(bytes);
            }
        }
    }

    private void written(Content.Written content, boolean head, ServerResponse response) throws IOException {
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, content.type()));
        if (head) {
            send(response, new byte[0]);
            return;
        }
        // Closed only when all is written: the peer must be able to tell a whole body from a broken one.
        OutputStream out = new PatientOutput(response.outputStream(), patience);
        content.writing().to(out);
        out.close();
    }

    private void download(Content.Download content, boolean head, ServerResponse response) throws IOException {
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, content.type()));
        response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, content.length()));
        if (head || content.length() == 0) {
            // It may be open already.
            content.source().get().close();
            send(response, new byte[0]);
            return;
        }
        try (InputStream source = content.source().get();
                OutputStream out = new PatientOutput(response.outputStream(), patience)) {
            source.transferTo(out);
        }
    }

    private void stream(Content.Stream content, boolean head, ServerResponse response) throws IOException {
        response.header(EVENTS);
        response.header(NO_CACHE);
        response.header(UNBUFFERED);
        if (head) {
            content.frames().close();
            send(response, new byte[0]);
        } else {
            streams.run(content, response.outputStream());
        }
    }

    private void send(ServerResponse response, byte[] bytes) {
        try (Patience.Watch _ = patience.begin()) {
            response.send(bytes);
        }
    }
}
