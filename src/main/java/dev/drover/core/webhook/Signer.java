package dev.drover.core.webhook;

/** SPI: the cryptography of signatures. */
@FunctionalInterface
public interface Signer {
    /** HMAC with SHA-256. */
    byte[] sign(byte[] key, byte[] message);
}
