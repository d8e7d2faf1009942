package dev.drover.provider.oidc;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How this server is known to a provider.
 *
 * @param issuer as the provider writes it
 * @param secret null for a public client
 * @param name of the provider, for people
 */
public record OidcClient(URI issuer, String id, @Nullable String secret, String name) {
    @Override
    public String toString() {
        return id + " of " + issuer;
    }
}
