package dev.drover;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where SSH clients come in, and for how long.
 *
 * @param bind the address to listen on
 * @param host what people are told to connect to; null to find out
 * @param frontend where people have their user interface; null when nobody said
 * @param mostHours how long a way in may last
 */
record SshChoice(
        String bind, @Nullable String host, @Nullable URI frontend, int mostHours) {
    private static final int LONGEST_HOURS = 8_760;
    private static final String LOCALHOST = "localhost";

    /** @param listens the address of the server itself */
    static SshChoice read(Given given, String listens) {
        return new SshChoice(
                given.text("DROVER_SSH_BIND").orElse(listens),
                given.text("SSH_HOST").orElse(null),
                given.web("FRONTEND_URL").orElse(null),
                given.within("SSH_MAX_TTL_HOURS", 1, LONGEST_HOURS, 24));
    }

    void show(SequencedMap<String, String> shown) {
        shown.put("DROVER_SSH_BIND", bind);
        shown.put("SSH_HOST", host == null ? "(found out)" : host);
        shown.put("FRONTEND_URL", frontend == null ? "(none)" : frontend.toString());
        shown.put("SSH_MAX_TTL_HOURS", String.valueOf(mostHours));
    }

    /** What people are told to connect to (Trinity contract, section 5.16). */
    String told() {
        if (host != null) {
            return host;
        }
        String front = frontend == null ? null : frontend.getHost();
        if (front != null && !isLocal(front)) {
            return front;
        }
        // Who listens for this machine alone is found nowhere else, whatever else this machine is called.
        if (isLocal(bind)) {
            return LOCALHOST;
        }
        return Stream.<Supplier<Optional<String>>>of(SshChoice::tailscale, SshChoice::dockerHost, SshChoice::gateway)
                .flatMap(way -> way.get().stream())
                .findFirst()
                .orElse(LOCALHOST);
    }

    private static boolean isLocal(String host) {
        return host.equals(LOCALHOST) || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    /** Its name where the system knows one, else its address. */
    private static Optional<String> tailscale() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(network -> network.getName().startsWith("tailscale"))
                    .flatMap(network -> Collections.list(network.getInetAddresses()).stream())
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getCanonicalHostName)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> dockerHost() {
        try {
            String name = "host.docker.internal";
            return InetAddress.getByName(name).isAnyLocalAddress() ? Optional.empty() : Optional.of(name);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Of a container, that is the machine around it; of a machine, its router, where nobody finds us. */
    private static Optional<String> gateway() {
        boolean contained = Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv"));
        return contained ? gateway(Path.of("/proc/net/route")) : Optional.empty();
    }

    /** @param routes the kernel's table: interface, destination, gateway as eight hex digits of little-endian order */
    static Optional<String> gateway(Path routes) {
        try {
            for (String line : Files.readAllLines(routes)) {
                List<String> words = List.of(line.split("\\s+"));
                if (words.size() > 2
                        && words.get(1).equals("00000000")
                        && words.get(2).matches("(?!00000000)[0-9A-F]{8}")) {
                    byte[] bytes = HexFormat.of().parseHex(words.get(2));
                    byte[] ordered = {bytes[3], bytes[2], bytes[1], bytes[0]};
                    return Optional.of(InetAddress.getByAddress(ordered).getHostAddress());
                }
            }
        } catch (IOException e) {
            // A system without that table.
        }
        return Optional.empty();
    }
}
