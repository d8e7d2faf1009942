package dev.drover.core.egress;

import java.net.InetAddress;

/** A block of addresses: those that share the first so many bits. */
record Cidr(byte[] network, int bits) {
    /** @throws IllegalArgumentException when it is not {@code address/bits} */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' has no /bits");
        }
        String address = text.substring(0, slash);
        return of(bytes(address), Integer.parseInt(text.substring(slash + 1)));
    }

    static Cidr of(byte[] network, int bits) {
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("/" + bits + " is not within 0 and " + network.length * 8);
        }
        return new Cidr(network, bits);
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    /** Java turns {@code ::ffff:1.2.3.4} into four bytes by itself; a block written in IPv6 stays sixteen. */
    private static byte[] bytes(String address) {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        if (bytes.length == 16 || address.indexOf(':') < 0) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }
}
