package dev.drover.core.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator lets through although the rules forbid it. */
final class AllowList {
    private static final Pattern BLOCK = Pattern.compile("(.+/[0-9]{1,3})(?::([0-9]{1,5}))?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):([0-9]{1,5})");
    private static final int ANY_PORT = 0;

    private final List<Entry> entries;

    AllowList(List<String> texts) {
        entries = texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(AllowList::parse)
                .toList();
    }

    private AllowList(Stream<Entry> entries) {
        this.entries = entries.toList();
    }

    AllowList with(String text) {
        return new AllowList(Stream.concat(entries.stream(), Stream.of(parse(text))));
    }

    boolean allows(HostName host, int port) {
        return entries.stream()
                .anyMatch(entry -> entry instanceof Named(String name, int its)
                        && host.address() == null
                        && name.equals(host.text())
                        && its == port);
    }

    boolean allows(InetAddress address, int port) {
        byte[] bytes = AddressRules.unwrap(address.getAddress());
        return entries.stream()
                .anyMatch(entry -> entry instanceof Block(Cidr block, int its)
                        && (its == ANY_PORT || its == port)
                        && (block.contains(bytes) || block.contains(address.getAddress())));
    }

    private static Entry parse(String text) {
        try {
            Matcher block = BLOCK.matcher(text);
            if (block.matches()) {
                return new Block(
                        plainCidr(block.group(1)),
                        block.group(2) == null ? ANY_PORT : WebUrl.checked(Integer.parseInt(block.group(2))));
            }
            Matcher pair = HOST_AND_PORT.matcher(text);
            if (pair.matches()) {
                return hostAndPort(HostName.read(pair.group(1)), WebUrl.checked(Integer.parseInt(pair.group(2))));
            }
        } catch (EgressDenied | IllegalArgumentException malformed) {
            throw refused(text, malformed);
        }
        throw refused(text, null);
    }

    /** Java would read {@code 10/8} as 0.0.0.10/8. */
    private static Cidr plainCidr(String text) throws EgressDenied {
        HostName network = HostName.read(text.substring(0, text.indexOf('/')));
        if (network.address() == null) {
            throw new IllegalArgumentException("no address before the slash");
        }
        return Cidr.parse(text.replaceAll("[\\[\\]]", ""));
    }

    /** A single address is a block of one, so that it also covers the names that resolve to it. */
    private static Entry hostAndPort(HostName host, int port) {
        InetAddress address = host.address();
        if (address == null) {
            return new Named(host.text(), port);
        }
        byte[] bytes = address.getAddress();
        return new Block(Cidr.of(bytes, bytes.length * 8), port);
    }

    private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "egress allow entry '" + text + "' is neither host:port (db.internal:5432, [fd00::1]:443) nor a CIDR"
                        + " (10.0.0.0/8, fd00::/8), which may end in :port; correct it in DROVER_EGRESS_ALLOW",
                cause);
    }

    private sealed interface Entry {}

    private record Named(String host, int port) implements Entry {}

    private record Block(Cidr block, int port) implements Entry {}
}
