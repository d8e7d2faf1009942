package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.access.IdentityProvider;
import dev.drover.core.egress.EgressGuard;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.oidc.OidcClient;
import dev.drover.provider.oidc.OidcProvider;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which provider of identities people may log in through.
 *
 * @param issuer null for none
 * @param client what the provider calls this server
 * @param secret null for a public client
 * @param name for people
 * @param admins addresses of those who become administrators
 */
record OidcChoice(
        @Nullable URI issuer, String client, Settings.@Nullable Secret secret, String name, Set<String> admins) {
    static OidcChoice read(Given given) {
        URI issuer = given.web("DROVER_OIDC_ISSUER").orElse(null);
        String client = given.text("DROVER_OIDC_CLIENT_ID").orElse("");
        if (issuer != null && client.isEmpty()) {
            throw new StartFailure("DROVER_OIDC_ISSUER is '" + issuer + "', but DROVER_OIDC_CLIENT_ID is not set:"
                    + " set it to what the issuer calls this server, or unset both");
        }
        return new OidcChoice(
                issuer,
                client,
                given.text("DROVER_OIDC_CLIENT_SECRET")
                        .map(Settings.Secret::new)
                        .orElse(null),
                given.text("DROVER_OIDC_NAME").orElse("single sign-on"),
                given.list("DROVER_OIDC_ADMINS").stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Null without one. What the settings name may be reached wherever it is; what that names in turn is guarded. */
    @Nullable IdentityProvider provider(EgressGuard guard, Clock clock) {
        if (issuer == null) {
            return null;
        }
        int standard = issuer.getScheme().equals("https") ? 443 : 80;
        return new OidcProvider(
                new OidcClient(issuer, client, secret == null ? null : secret.text(), name),
                guard.allowing(issuer.getHost() + ":" + (issuer.getPort() < 0 ? standard : issuer.getPort())),
                new PinnedWebClient(),
                clock);
    }

    void show(SequencedMap<String, String> shown) {
        shown.put("DROVER_OIDC_ISSUER", issuer == null ? "(none)" : issuer.toString());
        shown.put("DROVER_OIDC_CLIENT_ID", client.isEmpty() ? "(none)" : client);
        shown.put("DROVER_OIDC_CLIENT_SECRET", secret == null ? "(none)" : secret.toString());
        shown.put("DROVER_OIDC_NAME", name);
        shown.put("DROVER_OIDC_ADMINS", admins.isEmpty() ? "(none)" : String.join(",", admins));
    }
}
