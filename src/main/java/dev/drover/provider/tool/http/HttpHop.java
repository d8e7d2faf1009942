package dev.drover.provider.tool.http;

import dev.drover.core.egress.Destination;
import dev.drover.provider.tool.PinnedHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * One request and its answer. A body packed with gzip is unpacked while it is read, so the limit holds for what comes
 * out.
 */
final class HttpHop {
    private static final int BODY_LIMIT = 100 * 1024;
    /** The tool's own limit comes first. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
    private static final List<String> OF_PACKING = List.of("content-encoding", "content-length");

    private HttpHop() {}

    /** Sends and reads until the body ends or is long enough. An interrupted virtual thread closes its connection. */
    static HttpAnswer send(HttpOrder order, Destination destination) throws IOException {
        return PinnedHttp.exchange(order.url(), destination, request(order), SILENCE, response -> {
            byte[] read = read(response);
            boolean truncated = read.length > BODY_LIMIT;
            byte[] body = truncated ? Arrays.copyOf(read, BODY_LIMIT) : read;
            return new HttpAnswer(response.getCode(), headers(response), body, truncated);
        });
    }

    private static byte[] read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        if (content == null) {
            return new byte[0];
        }
        return (isPacked(response) ? unpacked(content) : content).readNBytes(BODY_LIMIT + 1);
    }

    private static boolean isPacked(ClassicHttpResponse response) {
        Header encoding = response.getFirstHeader("Content-Encoding");
        return encoding != null && GZIP.contains(encoding.getValue().toLowerCase(Locale.ROOT));
    }

    /** Servers announce gzip for empty bodies too. */
    private static InputStream unpacked(InputStream content) throws IOException {
        PushbackInputStream packed = new PushbackInputStream(content);
        int first = packed.read();
        if (first < 0) {
            return packed;
        }
        packed.unread(first);
        return new GZIPInputStream(packed);
    }

    private static ClassicHttpRequest request(HttpOrder order) {
        ClassicHttpRequest request = new BasicClassicHttpRequest(
                order.method(), PinnedHttp.host(order.url()), order.url().target());
        request.setHeader("Accept-Encoding", "gzip");
        order.headers().forEach(request::setHeader);
        byte[] body = order.body();
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        return request;
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            headers.merge(header.getName().toLowerCase(Locale.ROOT), value, (one, other) -> one + ", " + other);
        }
        if (isPacked(response)) {
            OF_PACKING.forEach(headers::remove);
        }
        return headers;
    }
}
