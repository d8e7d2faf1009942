package dev.drover.provider.tool.http;

import dev.drover.core.egress.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
 * retries, cookies, proxies or stored logins. Bodies packed with gzip or deflate are unpacked while they are read, so
 * the limit holds for what comes out.
 */
final class HttpHop {
    private static final int BODY_LIMIT = 100 * 1024;
    private static final int HEADER_LINE_LIMIT = 32 * 1024;
    private static final int HEADER_LIMIT = 200;
    private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();
    private static final RequestConfig PLAIN = RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();

    private HttpHop() {}

    /** Sends and reads until the body ends or is long enough. An interrupted virtual thread closes its connection. */
    static HttpAnswer send(HttpOrder order, Destination destination) throws IOException {
        int port = order.url().hasStandardPort() ? -1 : destination.port();
        HttpHost target = new HttpHost(order.url().scheme(), destination.host(), port);
        CloseableHttpClient client = client(destination);
        try (ClassicHttpResponse response = client.executeOpen(target, request(order, target), null)) {
            HttpEntity entity = response.getEntity();
            byte[] read = entity == null ? new byte[0] : read(entity);
            boolean truncated = read.length > BODY_LIMIT;
            byte[] body = truncated ? Arrays.copyOf(read, BODY_LIMIT) : read;
            client.close(CloseMode.IMMEDIATE);
            return new HttpAnswer(response.getCode(), headers(response), body, truncated);
        } finally {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private static byte[] read(HttpEntity entity) throws IOException {
        InputStream content = entity.getContent();
        return content == null ? new byte[0] : content.readNBytes(BODY_LIMIT + 1);
    }

    private static ClassicHttpRequest request(HttpOrder order, HttpHost target) {
        ClassicHttpRequest request =
                new BasicClassicHttpRequest(order.method(), target, order.url().target());
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
