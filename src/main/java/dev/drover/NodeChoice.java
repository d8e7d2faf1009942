package dev.drover;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This server among others of the same database.
 *
 * @param url where the others reach it; null for the address on which it listens
 * @param computerWait how long a run waits for a server that can open its agent's computer
 */
record NodeChoice(@Nullable URI url, Duration computerWait) {
    static NodeChoice read(Given given) {
        return new NodeChoice(
                given.web("DROVER_NODE_URL").orElse(null),
                Duration.ofSeconds(given.within("DROVER_COMPUTER_WAIT_SECONDS", 0, 86_400, 120)));
    }

    void show(Map<String, String> shown) {
        shown.put("DROVER_NODE_URL", url == null ? "(the address on which it listens)" : url.toString());
        shown.put("DROVER_COMPUTER_WAIT_SECONDS", String.valueOf(computerWait.toSeconds()));
    }

    /** Of every address on which a server may listen, others know the one by which its machine knows itself. */
    URI reached(String host, int port) {
        if (url != null) {
            return url;
        }
        String address = host.equals("0.0.0.0") || host.equals("::") ? ownAddress() : host;
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
    }

    private static String ownAddress() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
