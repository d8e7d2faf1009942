package dev.drover.provider.tool;

import dev.drover.core.egress.Destination;
import dev.drover.core.egress.WebUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
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
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One request on a connection of its own, to the checked addresses and nowhere else: no redirects, retries, cookies,
 * proxies or stored logins. The library's own unpacking is off, because it takes every format on the class path.
 */
public final class PinnedHttp {
    private static final int HEADER_LINE_LIMIT = 32 * 1024;
    private static final int HEADER_LIMIT = 200;
    private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();

    private PinnedHttp() {}

    /** Reads an answer as far as it is wanted. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ClassicHttpResponse response) throws IOException;
    }

    /** What a request for the URL is addressed to. */
    public static HttpHost host(WebUrl url) {
        return new HttpHost(url.scheme(), url.host(), url.hasStandardPort() ? -1 : url.port());
    }

    /**
     * Sends and has the answer read; whatever of it is left then is not. An interrupted virtual thread closes its
     * connection.
     *
     * @param silence between two bytes after which it is given up
     */
    public static <T> T exchange(
            WebUrl url, Destination destination, ClassicHttpRequest request, Duration silence, Reader<T> reader)
            throws IOException {
        CloseableHttpClient client = client(destination, silence);
        try {
            // Never closed by itself, for that would first read the rest of the body.
            return reader.read(client.executeOpen(host(url), request, null));
        } finally {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private static CloseableHttpClient client(Destination destination, Duration silence) {
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
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setResponseTimeout(Timeout.of(silence))
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
}
