package dev.drover.provider.tool;

import java.nio.charset.StandardCharsets;

/** Text out of bytes that may have been cut in the middle of a character. */
public final class Utf8 {
    private static final int LONGEST_CHARACTER = 4;

    private Utf8() {}

    /** Decodes with replacement characters; of a cut text the broken last character is left away. */
    public static String decode(byte[] bytes, boolean cut) {
        return new String(bytes, 0, cut ? boundary(bytes) : bytes.length, StandardCharsets.UTF_8);
    }

    private static int boundary(byte[] bytes) {
        for (int back = 1; back <= Math.min(LONGEST_CHARACTER, bytes.length); back++) {
            int octet = bytes[bytes.length - back] & 0xFF;
            if (octet < 0x80) {
                return bytes.length;
            }
            if (octet >= 0xC0) {
                int length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2;
                return back < length ? bytes.length - back : bytes.length;
            }
        }
        return bytes.length;
    }
}
