package dev.drover.provider.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a provider says about itself, asked for when somebody logs in and not before, and then kept for a while. */
final class OidcMetadata {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration KEYS_KEPT = Duration.ofMinutes(15);
    private static final Duration KEYS_WAITED_FOR = Duration.ofSeconds(15);

    private final OidcClient client;
    private final OidcWeb web;
    private final Clock clock;
    private @Nullable Known known;

    OidcMetadata(OidcClient client, OidcWeb web, Clock clock) {
        this.client = client;
        this.web = web;
        this.clock = clock;
    }

    synchronized Known known() throws IOException {
        Known found = known;
        if (found == null || found.until.isBefore(clock.instant())) {
            OIDCProviderMetadata metadata = read();
            found = new Known(metadata, keys(metadata), clock.instant().plus(KEPT));
            known = found;
        }
        return found;
    }

    private OIDCProviderMetadata read() throws IOException {
        String url = client.issuer().toString().replaceAll("/+$", "") + "/.well-known/openid-configuration";
        OidcWeb.Asked asked = web.get(url, Map.of("Accept", "application/json"));
        if (asked.status() != 200) {
            throw new IOException(url + " answered " + asked.status() + "; check DROVER_OIDC_ISSUER");
        }
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(asked.body());
            String issuer = metadata.getIssuer().getValue();
            if (!issuer.equals(client.issuer().toString())) {
                throw new IOException(url + " calls itself '" + issuer + "'; set DROVER_OIDC_ISSUER to just that");
            }
            if (metadata.getAuthorizationEndpointURI() == null
                    || metadata.getTokenEndpointURI() == null
                    || metadata.getJWKSetURI() == null) {
                throw new IOException(url + " names no authorization, token or keys endpoint");
            }
            return metadata;
        } catch (ParseException e) {
            throw new IOException(url + " does not describe a provider: " + e.getMessage(), e);
        }
    }

    /** Keys are kept, and asked for anew when a token names one that is not among them. */
    private JWKSource<SecurityContext> keys(OIDCProviderMetadata metadata) throws IOException {
        return JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), url -> {
                    OidcWeb.Asked asked = web.get(url.toString(), Map.of("Accept", "application/json"));
                    if (asked.status() != 200) {
                        throw new IOException(url + " answered " + asked.status());
                    }
                    return new Resource(asked.body(), "application/json");
                })
                .cache(KEYS_KEPT.toMillis(), KEYS_WAITED_FOR.toMillis())
                .refreshAheadCache(false)
                .build();
    }

    /** What holds until then. */
    record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant until) {}
}
