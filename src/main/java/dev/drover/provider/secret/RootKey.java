package dev.drover.provider.secret;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The key that secrets at rest are sealed with: {@code DROVER_ROOT_KEY} when it is set, else one kept in a file. */
public final class RootKey {
    private static final int BYTES = 32;

    private final byte[] bytes;

    private RootKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The one given, or the one kept in the data folder when none is. */
    public static RootKey choose(@Nullable String given, Path dataFolder) {
        if (given != null) {
            return read(given, "DROVER_ROOT_KEY is not the base64 of 32 bytes: make one with openssl rand -base64 32");
        }
        Path file = dataFolder.resolve("root.key");
        String kept = SecretFile.keep(file, RootKey::random);
        return read(
                kept,
                file + " does not hold the base64 of 32 bytes: bring the right file back, since what was sealed with it"
                        + " opens with nothing else, or delete it for a new one");
    }

    private static RootKey read(String base64, String otherwise) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == BYTES) {
                return new RootKey(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same refusal.
        }
        throw new StartFailure(otherwise);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
