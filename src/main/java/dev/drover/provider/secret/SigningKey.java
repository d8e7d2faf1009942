package dev.drover.provider.secret;

import dev.drover.core.StartFailure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A key that tokens are signed with. */
public final class SigningKey {
    /** HMAC with SHA-256 is as strong as its key up to 256 bits. */
    private static final int LEAST_BYTES = 32;

    private static final int SHOWN_BYTES = 6;

    private final byte[] bytes;

    private SigningKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** {@code SECRET_KEY}. */
    public static SigningKey given(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new StartFailure("SECRET_KEY has %d bytes and needs %d or more: make one with openssl rand -hex 32"
                    .formatted(bytes.length, LEAST_BYTES));
        }
        return new SigningKey(bytes);
    }

    /** One that was made here: 64 hex digits. */
    public static SigningKey of(String hex) {
        if (!isOne(hex)) {
            throw new IllegalArgumentException("a key has 64 hex digits");
        }
        return new SigningKey(HexFormat.of().parseHex(hex));
    }

    public static boolean isOne(String hex) {
        return hex.matches("[0-9a-f]{64}");
    }

    /** Tells keys apart, and nothing about the key. */
    public String print() {
        byte[] digest = new HmacSigner().sign(bytes, "the id of this key".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
