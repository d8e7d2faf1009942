package dev.drover.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Makes the secrets of credentials in the form of each kind (Trinity contract, section 1.3), and their hashes. */
final class Secrets {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SHOWN = 4;
    private static final int SHOWN_OF_MCP = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String make(CredentialKind kind) {
        return switch (kind) {
            case API_KEY, TEST_KEY -> kind.prefix() + letters(BASE62, 32);
            case MCP_KEY -> kind.prefix() + letters(BASE62 + "-_", 43);
            case OPERATOR_KEY, AGENT_KEY -> kind.prefix() + hex(24);
            case PERSONAL_TOKEN -> UUID.randomUUID().toString();
            case USER_TOKEN, RUN_TOKEN -> throw new IllegalArgumentException(kind + " is signed, not stored");
        };
    }

    /** What may be shown of a secret for ever: its fixed prefix and some characters, of which MCP keys show more. */
    static String shown(CredentialKind kind, String secret) {
        return secret.substring(
                0, kind == CredentialKind.MCP_KEY ? SHOWN_OF_MCP : kind.prefix().length() + SHOWN);
    }

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String letters(String alphabet, int length) {
        StringBuilder letters = new StringBuilder(length);
        RANDOM.ints(length, 0, alphabet.length()).forEach(i -> letters.append(alphabet.charAt(i)));
        return letters.toString();
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
