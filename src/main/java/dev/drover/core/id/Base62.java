package dev.drover.core.id;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/** Spells the 128 bits of an identity as a base62 number ({@code 0-9A-Za-z}, most significant digit first). */
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);
    private static final int LONGEST = 22;

    private Base62() {}

    static String spell(UUID id) {
        BigInteger rest = new BigInteger(id.toString().replace("-", ""), 16);
        StringBuilder digits = new StringBuilder(LONGEST);
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return digits.reverse().toString();
    }

    /** Empty when the text is not the canonical spelling of 128 bits. */
    static Optional<UUID> read(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) == '0') {
            return Optional.empty();
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        if (value.bitLength() > 128) {
            return Optional.empty();
        }
        return Optional.of(new UUID(value.shiftRight(64).longValue(), value.longValue()));
    }
}
