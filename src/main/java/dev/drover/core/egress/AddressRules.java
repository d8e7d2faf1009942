package dev.drover.core.egress;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which addresses are nobody's business out there: private, local, reserved, also when wrapped in another address. */
final class AddressRules {
    private static final List<Special> V4 = List.of(
            special("0.0.0.0/8", "this network"),
            special("10.0.0.0/8", "a private network"),
            special("100.64.0.0/10", "a carrier's shared network"),
            special("127.0.0.0/8", "loopback"),
            special("168.63.129.16/32", "a cloud's host service"),
            special("169.254.0.0/16", "link-local, cloud metadata"),
            special("172.16.0.0/12", "a private network"),
            special("192.0.0.0/24", "protocol assignments"),
            special("192.0.2.0/24", "documentation"),
            special("192.88.99.0/24", "6to4 relays"),
            special("192.168.0.0/16", "a private network"),
            special("198.18.0.0/15", "benchmarks"),
            special("198.51.100.0/24", "documentation"),
            special("203.0.113.0/24", "documentation"),
            special("224.0.0.0/4", "multicast"),
            special("240.0.0.0/4", "reserved"));

    private static final List<Special> V6 = List.of(
            special("::/128", "the unspecified address"),
            special("::1/128", "loopback"),
            special("64:ff9b:1::/48", "local translation"),
            special("100::/64", "the discard prefix"),
            special("2001::/23", "protocol assignments, tunnels"),
            special("2001:db8::/32", "documentation"),
            special("3fff::/20", "documentation"),
            special("fc00::/7", "a private network"),
            special("fe80::/10", "link-local"),
            special("fec0::/10", "site-local"),
            special("ff00::/8", "multicast"));

    /** Where an IPv6 block hides an IPv4 address that the packet really goes to. */
    private static final List<Wrapper> WRAPPERS = List.of(
            new Wrapper(Cidr.parse("::/96"), 12),
            new Wrapper(Cidr.parse("::ffff:0:0/96"), 12),
            new Wrapper(Cidr.parse("::ffff:0:0:0/96"), 12),
            new Wrapper(Cidr.parse("64:ff9b::/96"), 12),
            new Wrapper(Cidr.parse("2002::/16"), 2));

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

    private AddressRules() {}

    /** Why the address is forbidden, as "loopback 127.0.0.0/8"; empty when it is a public one. */
    static Optional<String> objection(byte[] address) {
        byte[] bytes = unwrap(address);
        Optional<String> special = (bytes.length == 4 ? V4 : V6)
                .stream()
                        .filter(candidate -> candidate.block().contains(bytes))
                        .findFirst()
                        .map(Special::toString);
        if (special.isEmpty() && bytes.length == 16 && !GLOBAL_UNICAST.contains(bytes)) {
            return Optional.of("reserved, outside of 2000::/3");
        }
        return special;
    }

    /** The IPv4 address inside an IPv6 one; any other address as it is. */
    static byte[] unwrap(byte[] address) {
        if (address.length == 4
                || V6.stream().anyMatch(special -> special.block().contains(address))) {
            return address;
        }
        return WRAPPERS.stream()
                .filter(wrapper -> wrapper.block().contains(address))
                .findFirst()
                .map(wrapper -> Arrays.copyOfRange(address, wrapper.offset(), wrapper.offset() + 4))
                .orElse(address);
    }

    private static Special special(String block, String use) {
        return new Special(block, Cidr.parse(block), use);
    }

    private record Special(String text, Cidr block, String use) {
        @Override
        public String toString() {
            return use + ", " + text;
        }
    }

    private record Wrapper(Cidr block, int offset) {}
}
