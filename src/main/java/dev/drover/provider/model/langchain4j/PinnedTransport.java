package dev.drover.provider.model.langchain4j;

import dev.drover.core.egress.Destination;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebUrl;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * For addresses that users have set: each request on a connection of its own, to an address that the egress guard has
 * checked and nowhere else. The JDK's client would look the name up once more.
 */
final class PinnedTransport implements Transport {
    private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();
    /** Written by the client itself. */
    private static final Set<String> OF_THE_WIRE = Set.of("host", "content-length", "transfer-encoding", "connection");

    private final EgressGuard guard;

    PinnedTransport(EgressGuard guard) {
        this.guard = guard;
    }

    /** What the guard said, as the adapters can carry it. */
    static final class Denied extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean lasting;

        Denied(EgressDenied denied) {
            super(denied.reason(), denied);
            this.lasting = !denied.isUnresolved();
        }

        /** Whether the next try would hear the same. */
        boolean isLasting() {
            return lasting;
        }
    }

    @Override
    public Arrival send(HttpRequest request, Duration idle) throws IOException {
        try {
            WebUrl url = WebUrl.read(request.url());
            return send(request, url, guard.check(url), idle);
        } catch (EgressDenied denied) {
            throw new Denied(denied);
        }
    }

    private static Arrival send(HttpRequest request, WebUrl url, Destination destination, Duration idle)
            throws IOException {
        HttpHost target =
                new HttpHost(url.scheme(), destination.host(), url.hasStandardPort() ? -1 : destination.port());
        CloseableHttpClient client = client(destination, idle);
        boolean arrived = false;
        try {
            ClassicHttpResponse response = client.executeOpen(target, message(request, url, target), null);
            HttpEntity entity = response.getEntity();
            InputStream content = entity == null ? null : entity.getContent();
            Arrival arrival = new Arrival(response.getCode(), headers(response), new PinnedBody(content, client));
            arrived = true;
            return arrival;
        } finally {
            if (!arrived) {
                client.close(CloseMode.IMMEDIATE);
            }
        }
    }

    private static BasicClassicHttpRequest message(HttpRequest request, WebUrl url, HttpHost target) {
        var message = new BasicClassicHttpRequest(request.method().name(), target, url.target());
        request.headers().forEach((name, values) -> {
            if (!OF_THE_WIRE.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> message.addHeader(name, value));
            }
        });
        if (request.body() != null) {
            message.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        }
        return message;
    }

    private static HttpHeaders headers(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(value);
        }
        return HttpHeaders.of(new HashMap<>(headers), (_, _) -> true);
    }

    private static CloseableHttpClient client(Destination destination, Duration idle) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Pinned(destination))
                        .setTlsSocketStrategy(TLS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(JdkTransport.CONNECT.toSeconds(), TimeUnit.SECONDS)
                                .setSocketTimeout(Math.toIntExact(idle.toMillis()), TimeUnit.MILLISECONDS)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
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

    /** Takes its connection along when it is closed. */
    private static final class PinnedBody extends Body {
        private final @Nullable InputStream content;
        private final CloseableHttpClient client;
        private @Nullable IOException trouble;

        PinnedBody(@Nullable InputStream content, CloseableHttpClient client) {
            this.content = content;
            this.client = client;
        }

        @Override
        @Nullable IOException trouble() {
            return trouble;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return content == null ? -1 : content.read(into, offset, length);
            } catch (IOException e) {
                trouble = e;
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            client.close(CloseMode.IMMEDIATE);
        }
    }
}
