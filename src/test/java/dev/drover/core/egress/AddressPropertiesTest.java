package dev.drover.core.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every address, not only for those we thought of. */
final class AddressPropertiesTest {
    private static final List<String> DENIED = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    private final EgressGuard guard = new EgressGuard(new TestingNames(), List.of(), List.of());

    @Property
    void everyAddressOfADeniedBlockIsDeniedInAllItsSpellings(@ForAll("denied") int address) {
        assertThat(spellings(address)).noneMatch(this::passes);
    }

    @Property
    void anAddressPassesPlainlyIfAndOnlyIfItPassesWrapped(@ForAll int address) {
        boolean plain = passes(dotted(address));
        assertThat(Stream.of("[::ffff:%s]", "[::ffff:0:%s]", "[64:ff9b::%s]")
                        .map(form -> form.formatted(dotted(address))))
                .allMatch(wrapped -> passes(wrapped) == plain);
        assertThat(passes(sixToFour(address))).isEqualTo(plain);
    }

    @Property
    void noTextMakesTheGuardThrowAnythingElse(@ForAll String text) {
        assertThat(passes(text)).isFalse();
    }

    @Provide
    Arbitrary<Integer> denied() {
        return Combinators.combine(Arbitraries.of(DENIED), Arbitraries.integers())
                .as((block, random) -> {
                    Cidr cidr = Cidr.parse(block);
                    int network = java.nio.ByteBuffer.wrap(cidr.network()).getInt();
                    return network | (int) ((random & 0xFFFFFFFFL) >>> cidr.bits());
                });
    }

    private boolean passes(String host) {
        try {
            guard.check("http://" + host + "/");
            return true;
        } catch (EgressDenied denied) {
            return false;
        }
    }

    private static List<String> spellings(int address) {
        int[] octets = octets(address);
        long whole = address & 0xFFFFFFFFL;
        return List.of(
                dotted(address),
                dotted(address) + ".",
                Long.toString(whole),
                "0x%x".formatted(whole),
                "0%o".formatted(whole),
                "0%o.0%o.0%o.0%o".formatted(octets[0], octets[1], octets[2], octets[3]),
                "0x%x.0x%x.0x%x.0x%x".formatted(octets[0], octets[1], octets[2], octets[3]),
                "%d.%d".formatted(octets[0], whole & 0xFFFFFF),
                "%d.%d.%d".formatted(octets[0], octets[1], whole & 0xFFFF),
                "[::%s]".formatted(dotted(address)),
                "[::ffff:%s]".formatted(dotted(address)),
                "[::ffff:%x:%x]".formatted(whole >>> 16, whole & 0xFFFF),
                "[0:0:0:0:0:FFFF:%X:%X]".formatted(whole >>> 16, whole & 0xFFFF),
                "[::ffff:0:%s]".formatted(dotted(address)),
                "[64:ff9b::%s]".formatted(dotted(address)),
                sixToFour(address));
    }

    private static String sixToFour(int address) {
        return "[2002:%x:%x::1]".formatted(address >>> 16, address & 0xFFFF);
    }

    private static String dotted(int address) {
        int[] octets = octets(address);
        return "%d.%d.%d.%d".formatted(octets[0], octets[1], octets[2], octets[3]);
    }

    private static int[] octets(int address) {
        return new int[] {address >>> 24, (address >>> 16) & 0xFF, (address >>> 8) & 0xFF, address & 0xFF};
    }
}
