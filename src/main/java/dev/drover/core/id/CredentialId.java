package dev.drover.core.id;

import java.util.UUID;

/** The identity of a stored credential; never the secret itself. */
public record CredentialId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
