package dev.drover.core.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which names are forbidden whatever they resolve to: this server's own, and those of cloud metadata services. */
final class NameRules {
    private static final List<String> METADATA = List.of(
            "metadata",
            "metadata.google.internal",
            "metadata.goog",
            "metadata.azure.com",
            "metadata.azure.internal",
            "metadata.platformequinix.com",
            "metadata.packet.net",
            "metadata.tencentyun.com",
            "instance-data",
            "instance-data.ec2.internal",
            "rancher-metadata");

    private final List<HostName> own;

    NameRules(List<String> ownHosts) {
        own = ownHosts.stream().map(NameRules::parse).toList();
    }

    Optional<String> objection(HostName host) {
        if (METADATA.stream().anyMatch(host::isWithin)) {
            return Optional.of("it is the name of a cloud metadata service");
        }
        if (own.stream().anyMatch(mine -> mine.address() == null && host.isWithin(mine.text()))) {
            return Optional.of("it belongs to this server");
        }
        return Optional.empty();
    }

    /** A server known by its address is just as forbidden under a name that leads there. */
    Optional<String> objection(InetAddress address) {
        return own.stream().anyMatch(mine -> address.equals(mine.address()))
                ? Optional.of("this server")
                : Optional.empty();
    }

    private static HostName parse(String text) {
        try {
            return HostName.read(text);
        } catch (EgressDenied malformed) {
            throw new IllegalArgumentException(
                    "own host '" + text
                            + "' is not a host name; give it as agents.example.com, without scheme and port",
                    malformed);
        }
    }
}
