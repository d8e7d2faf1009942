package dev.drover.provider.secret;

import dev.drover.core.access.Passwords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id at the cost OWASP advises (19 MiB, 2 passes), written in the PHC string format. */
public final class Argon2Passwords implements Passwords {
    private static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;
    private static final int KIBIBYTES = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AT_ONCE = 2;

    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=(?<version>\\d{1,3})"
            + "\\$m=(?<memory>\\d{1,7}),t=(?<passes>\\d{1,3}),p=(?<lanes>\\d{1,2})"
            + "\\$(?<salt>[A-Za-z0-9+/]{11,64})\\$(?<hash>[A-Za-z0-9+/]{16,128})");

    private final SecureRandom random = new SecureRandom();

    /** A crowd at the login must take neither all memory nor every carrier of virtual threads. */
    private final Semaphore places = new Semaphore(AT_ONCE);

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Cost cost = new Cost(VERSION, KIBIBYTES, PASSES, LANES);
        byte[] hash = derive(password, salt, cost, HASH_BYTES);
        return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
                .formatted(VERSION, KIBIBYTES, PASSES, LANES, encode(salt), encode(hash));
    }

    /** By the cost the hash was made with, so that the cost can be raised later. False for what is no such hash. */
    @Override
    public boolean matches(String password, String hash) {
        Matcher parts = PHC.matcher(hash);
        if (!parts.matches()) {
            return false;
        }
        Cost cost = new Cost(
                number(parts, "version"), number(parts, "memory"), number(parts, "passes"), number(parts, "lanes"));
        byte[] expected = Base64.getDecoder().decode(parts.group("hash"));
        byte[] salt = Base64.getDecoder().decode(parts.group("salt"));
        return MessageDigest.isEqual(expected, derive(password, salt, cost, expected.length));
    }

    private byte[] derive(String password, byte[] salt, Cost cost, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(cost.version)
                .withMemoryAsKB(cost.kibibytes)
                .withIterations(cost.passes)
                .withParallelism(cost.lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        places.acquireUninterruptibly();
        try {
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        } finally {
            places.release();
        }
        return hash;
    }

    private static int number(Matcher parts, String name) {
        return Integer.parseInt(parts.group(name));
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Cost(int version, int kibibytes, int passes, int lanes) {}
}
