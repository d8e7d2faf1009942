package dev.drover.core.credential;

/** SPI: AES-256-GCM under the key that people carry bundles of credentials from server to server with. */
public interface BundleCipher {
    /** The key in hex, for administrators to take along. */
    String key();

    /** Under a nonce that was never used before. */
    Encrypted encrypt(byte[] plain);

    /** The plain bytes. */
    byte[] decrypt(Encrypted encrypted) throws BadBundle;

    /**
     * What is stored.
     *
     * @param nonce of 12 bytes
     * @param ciphertext with the tag of 16 bytes behind it
     */
    record Encrypted(byte[] nonce, byte[] ciphertext) {}
}
