package dev.drover.provider.egress;

import dev.drover.core.egress.Destination;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.egress.WebUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One request to a vendor's models: where it goes, and with which key in the place of the one that came. */
record ModelAsking(ProxyRequest.Forward request, WebUrl url) {
    private static final Set<String> KEYS = Set.of("authorization", "x-api-key", "x-goog-api-key", "api-key", "cookie");

    static ModelAsking of(ProxyRequest.Ask ask, ModelDoor door) throws EgressDenied {
        Optional<ModelDoor.Way> way = door.to(ask.vendor());
        if (way.isEmpty()) {
            throw new EgressDenied("this computer may not ask models of '" + ask.vendor()
                    + "' with the server's key; there is none, or the agent is told to use its own");
        }
        String path = ask.path();
        int query = path.indexOf('?');
        if (!way.get().leadsTo(query < 0 ? path : path.substring(0, query))) {
            throw new EgressDenied("'" + path + "' is nothing that a model of '" + ask.vendor() + "' is asked by");
        }
        String base = way.get().base();
        WebUrl url = WebUrl.read((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + keyless(path));
        ProxyRequest.Forward came = ask.request();
        Head head = new Head(came.head().start(), headers(came.head(), way.get()));
        return new ModelAsking(
                new ProxyRequest.Forward(came.method(), url.toString(), came.version(), head, came.framing()), url);
    }

    private static List<Head.Header> headers(Head came, ModelDoor.Way way) {
        List<Head.Header> headers = new ArrayList<>();
        came.headers().stream()
                .filter(header -> !KEYS.contains(header.name().toLowerCase(Locale.ROOT)))
                .forEach(headers::add);
        if (way.key() != null) {
            headers.add(new Head.Header(way.header(), way.key()));
        }
        return headers;
    }

    /** Gemini takes keys there too. */
    private static String keyless(String path) {
        return path.replaceAll("(?<=[?&])key=[^&]*&?", "").replaceAll("[?&]$", "");
    }

    /** The addresses are asked for here: where models answer is an operator's word. */
    Destination destination() throws IOException {
        return new Destination(url.host(), url.port(), List.of(InetAddress.getAllByName(url.host())));
    }

    Wire over(SocketChannel channel, Runnable moved) throws IOException {
        return url.scheme().equals("https")
                ? secured(channel, url, (SSLSocketFactory) SSLSocketFactory.getDefault(), moved)
                : new Wire(channel, moved);
    }

    static Wire secured(SocketChannel channel, WebUrl url, SSLSocketFactory sockets, Runnable moved)
            throws IOException {
        SSLSocket socket = (SSLSocket) sockets.createSocket(channel.socket(), url.host(), url.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Wire(socket, moved);
    }
}
