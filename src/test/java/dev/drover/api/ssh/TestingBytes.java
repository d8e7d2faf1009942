package dev.drover.api.ssh;

import java.util.Random;

/** Bytes of every value, the same each time. */
final class TestingBytes {
    private TestingBytes() {}

    static byte[] of(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
