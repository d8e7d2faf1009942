package dev.drover.core.egress;

import java.util.List;
import java.util.Optional;

/** The names that the network of one run allows; judged before any name is resolved. */
final class Reach {
    static final Reach FULL = of(new Network.Full());

    private final Network network;
    private final List<Pattern> patterns;

    private Reach(Network network, List<Pattern> patterns) {
        this.network = network;
        this.patterns = patterns;
    }

    static Reach of(Network network) {
        return new Reach(
                network,
                network instanceof Network.Allow allow
                        ? allow.hosts().stream().map(Pattern::parse).toList()
                        : List.of());
    }

    Optional<String> objection(HostName host) {
        return switch (network) {
            case Network.Full full -> Optional.empty();
            case Network.None none -> Optional.of("cannot be reached: this run has no network");
            case Network.Allow allow ->
                patterns.stream().anyMatch(pattern -> pattern.matches(host))
                        ? Optional.empty()
                        : Optional.of("is outside the network of this run, which is " + shown(allow));
        };
    }

    private static String shown(Network.Allow allow) {
        return allow.hosts().isEmpty() ? "empty" : Shown.of(String.join(", ", allow.hosts()));
    }

    /** @param below whether every name below it is meant instead of the name itself */
    record Pattern(HostName host, boolean below) {
        static Pattern parse(String text) {
            boolean below = text.startsWith("*.");
            try {
                return new Pattern(HostName.read(below ? text.substring(2) : text), below);
            } catch (EgressDenied malformed) {
                throw new IllegalArgumentException("'" + text + "' is no host: " + malformed.reason(), malformed);
            }
        }

        boolean matches(HostName other) {
            return below
                    ? !other.text().equals(host.text()) && other.isWithin(host.text())
                    : other.text().equals(host.text());
        }
    }
}
