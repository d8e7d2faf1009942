package dev.drover.core.credential;

/** SPI: encryption under the one root key of this server. */
public interface Sealing {
    /** Tells root keys apart, and nothing about the key. */
    String keyId();

    /** The context is bound to the result: it opens under the same one only. */
    byte[] seal(byte[] plain, String context);

    /**
     * What was sealed.
     *
     * @throws IllegalStateException when it was altered, or sealed under another key or context
     */
    byte[] open(byte[] sealed, String context);
}
