package dev.drover.core.terminal;

import java.util.Optional;

/** Makes and reads keys of the kinds that SSH knows. */
public interface SshKeys {
    /** A fresh Ed25519 pair. */
    Pair make(String comment);

    /** A line as in {@code authorized_keys}, without options and comment; empty when it is none, or too weak a key. */
    Optional<String> read(String line);

    /**
     * Two keys that belong together.
     *
     * @param publicKey as OpenSSH writes it, without a comment
     * @param privateKey OpenSSH's own form of PEM
     */
    record Pair(String publicKey, String privateKey) {
        @Override
        public String toString() {
            return "pair of " + publicKey;
        }
    }
}
