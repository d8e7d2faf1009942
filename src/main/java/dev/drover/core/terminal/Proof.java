package dev.drover.core.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * By what somebody comes in: what is kept of it, and what the person is told.
 *
 * @param publicKey kept; null for a password
 * @param password told, and kept as its hash alone; null for a key
 * @param privateKey told, and not kept; null when the person has it already
 */
record Proof(
        @Nullable String publicKey,
        @Nullable String password,
        @Nullable String privateKey) {
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Proof of(IssueAccess order, SshKeys keys, String comment) {
        if (order.method() == IssueAccess.Method.PASSWORD) {
            return new Proof(null, randomPassword(), null);
        }
        String given = order.publicKey();
        if (given == null) {
            SshKeys.Pair pair = keys.make(comment);
            return new Proof(pair.publicKey(), null, pair.privateKey());
        }
        String read = keys.read(given)
                .orElseThrow(() -> new Refused(new Problem.Unacceptable(
                        "public_key must be one line as in ~/.ssh/id_ed25519.pub: Ed25519, ECDSA, or RSA from 2048"
                                + " bits")));
        return new Proof(read, null, null);
    }

    byte @Nullable [] passwordHash() {
        return password == null ? null : hash(password);
    }

    /** A plain hash is enough for 142 random bits; a slow one would only let strangers keep us busy. */
    static byte[] hash(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** In the same time whatever the difference. */
    static boolean same(byte[] hash, byte @Nullable [] kept) {
        return kept != null && MessageDigest.isEqual(hash, kept);
    }

    private static String randomPassword() {
        StringBuilder letters = new StringBuilder(LENGTH);
        RANDOM.ints(LENGTH, 0, LETTERS.length()).forEach(i -> letters.append(LETTERS.charAt(i)));
        return letters.toString();
    }

    @Override
    public String toString() {
        return "proof";
    }
}
