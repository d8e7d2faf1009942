package dev.drover.core.id;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/** Spells the 128 bits of an identity as a base62 number ({@code 0-9A-Za-z}, most significant digit first). */
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int LONGEST = 22;

    private Base62() {}

    /** Long division of four 32-bit words: a page of agents spells hundreds, and big integers are slow at it. */
    static String spell(UUID id) {
        long[] words = {
            id.getMostSignificantBits() >>> 32,
            id.getMostSignificantBits() & WORD,
            id.getLeastSignificantBits() >>> 32,
            id.getLeastSignificantBits() & WORD
        };
        char[] digits = new char[LONGEST];
        int first = LONGEST;
        while ((words[0] | words[1] | words[2] | words[3]) != 0) {
            digits[--first] = DIGITS.charAt(divide(words));
        }
        return new String(digits, first, LONGEST - first);
    }

    /** Divides the number in place and returns the remainder. */
    private static int divide(long[] words) {
        long remainder = 0;
        for (int i = 0; i < words.length; i++) {
            long dividend = (remainder << 32) | words[i];
            words[i] = dividend / DIGITS.length();
            remainder = dividend % DIGITS.length();
        }
        return (int) remainder;
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
