package dev.drover.provider.http;

import dev.drover.core.egress.Destination;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;

/**
 * One request and its answer on a connection of its own, to the checked addresses and nowhere else: no redirects,
 * retries, cookies, proxies or stored logins. A body packed with gzip is unpacked while it is read, so the limit holds
 * for what comes out; the library's own unpacking is off, because it takes every format on the class path.
 */
public final class PinnedWebClient implements WebClient {
    private static final int HEADER_LINE_LIMIT = 32 * 1024;
    private static final int HEADER_LIMIT = 200;
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
    private static final List<String> OF_PACKING = List.of("content-encoding", "content-length");
    private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();
    private static final RequestConfig PLAIN = RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();

    @Override
    public WebAnswer send(WebRequest order, Destination destination) throws IOException {
        int port = order.url().hasStandardPort() ? -1 : destination.port();
        HttpHost target = new HttpHost(order.url().scheme(), destination.host(), port);
        CloseableHttpClient client = client(destination);
        try {
            // Never closed by itself, for that would first read the rest of the body.
            ClassicHttpResponse response = client.executeOpen(target, request(order, target), null);
            byte[] read = order.wanted() == 0 ? new byte[0] : read(response, order.wanted() + 1);
            boolean truncated = read.length > order.wanted();
            byte[] body = truncated ? Arrays.copyOf(read, order.wanted()) : read;
            return new WebAnswer(response.getCode(), headers(response), body, truncated);
        } finally {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private static byte[] read(ClassicHttpResponse response, int most) throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        if (content == null) {
            return new byte[0];
        }
        return (isPacked(response) ? unpacked(content) : content).readNBytes(most);
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

    private static ClassicHttpRequest request(WebRequest order, HttpHost target) {
        ClassicHttpRequest request =
                new BasicClassicHttpRequest(order.method(), target, order.url().target());
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

    private static CloseableHttpClient client(Destination destination) {
        HttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Pinned(destination))
                .setTlsSocketStrategy(TLS)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(HEADER_LINE_LIMIT)
                                .setMaxHeaderCount(HEADER_LIMIT)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(10, TimeUnit.SECONDS)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(PLAIN)
                .setUserAgent("Drover")
                .disableRedirectHandling()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    /** Answers what the guard has checked; the name is not asked for a second time. */
    private record Pinned(Destination destination) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (!host.equals(destination.host())) {
                throw new UnknownHostException(host);
            }
            return destination.addresses().toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
