package dev.drover.provider.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.IdentityProvider;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebClient;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider of identities by OpenID Connect: authorization code with PKCE, and a signed token that says who came. */
public final class OidcProvider implements IdentityProvider {
    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);

    /** Named here, so that no header of a token can choose a weaker way, or none. */
    private static final Set<JWSAlgorithm> SIGNED_BY = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcClient client;
    private final OidcWeb web;
    private final OidcMetadata metadata;

    /** Asks nobody anything before somebody logs in. */
    public OidcProvider(OidcClient client, EgressGuard guard, WebClient web, Clock clock) {
        this.client = client;
        this.web = new OidcWeb(guard, web);
        this.metadata = new OidcMetadata(client, this.web, clock);
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public Departure depart(URI callback) {
        try {
            Journey journey =
                    new Journey(new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue());
            URI to = new AuthenticationRequest.Builder(
                            ResponseType.CODE, new Scope("openid", "email", "profile"), id(), callback)
                    .endpointURI(metadata.known().metadata().getAuthorizationEndpointURI())
                    .state(new State(journey.state()))
                    .nonce(new Nonce(journey.nonce()))
                    .codeChallenge(new CodeVerifier(journey.verifier()), CodeChallengeMethod.S256)
                    .build()
                    .toURI();
            return new Departure(to, journey);
        } catch (IOException e) {
            throw away(e);
        }
    }

    @Override
    public Identity arrive(Journey journey, Map<String, String> answer, URI callback) {
        try {
            OidcMetadata.Known known = metadata.known();
            AuthorizationCode code = code(journey, answer, callback, known.metadata());
            OIDCTokenResponse tokens = redeem(code, journey, callback, known.metadata());
            IDTokenClaimsSet claims = checked(tokens, journey, known);
            return identity(claims, tokens, known.metadata());
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw refused("what it says cannot be taken: " + e.getMessage());
        } catch (IOException e) {
            throw away(e);
        }
    }

    private AuthorizationCode code(
            Journey journey, Map<String, String> answer, URI callback, OIDCProviderMetadata about)
            throws ParseException {
        Map<String, List<String>> query = new HashMap<>();
        answer.forEach((name, value) -> query.put(name, List.of(value)));
        AuthenticationResponse response = AuthenticationResponseParser.parse(callback, query);
        if (journey.state().isEmpty() || !new State(journey.state()).equals(response.getState())) {
            throw refused("its answer belongs to another login; begin again");
        }
        boolean elsewhere =
                response.getIssuer() != null && !response.getIssuer().equals(about.getIssuer());
        if (elsewhere) {
            throw refused("the answer comes from another provider, " + response.getIssuer());
        }
        if (!response.indicatesSuccess()) {
            throw refused("it says " + said(response.toErrorResponse().getErrorObject()));
        }
        return response.toSuccessResponse().getAuthorizationCode();
    }

    private OIDCTokenResponse redeem(AuthorizationCode code, Journey journey, URI callback, OIDCProviderMetadata about)
            throws IOException, ParseException {
        HTTPRequest asking = request(
                        about, new AuthorizationCodeGrant(code, callback, new CodeVerifier(journey.verifier())))
                .toHTTPRequest();
        Map<String, String> headers = new HashMap<>(
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"));
        String authorization = asking.getAuthorization();
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        String url = about.getTokenEndpointURI().toString();
        OidcWeb.Asked asked = web.post(url, headers, asking.getBody());
        HTTPResponse answer = new HTTPResponse(asked.status());
        answer.setHeader("Content-Type", asked.headers().getOrDefault("content-type", "application/json"));
        answer.setBody(asked.body());
        var response = OIDCTokenResponseParser.parse(answer);
        if (!response.indicatesSuccess()) {
            throw refused(url + " says " + said(response.toErrorResponse().getErrorObject()));
        }
        return (OIDCTokenResponse) response.toSuccessResponse();
    }

    private TokenRequest request(OIDCProviderMetadata about, AuthorizationCodeGrant grant) {
        URI endpoint = about.getTokenEndpointURI();
        if (client.secret() == null) {
            return new TokenRequest.Builder(endpoint, id(), grant).build();
        }
        Secret secret = new Secret(client.secret());
        List<ClientAuthenticationMethod> ways = about.getTokenEndpointAuthMethods();
        boolean basic = ways == null || ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return new TokenRequest.Builder(
                        endpoint,
                        basic ? new ClientSecretBasic(id(), secret) : new ClientSecretPost(id(), secret),
                        grant)
                .build();
    }

    private IDTokenClaimsSet checked(OIDCTokenResponse tokens, Journey journey, OidcMetadata.Known known)
            throws BadJOSEException, JOSEException {
        IDTokenValidator validator = new IDTokenValidator(
                known.metadata().getIssuer(), id(), new JWSVerificationKeySelector<>(SIGNED_BY, known.keys()), null);
        return validator.validate(tokens.getOIDCTokens().getIDToken(), new Nonce(journey.nonce()));
    }

    /** Some providers keep addresses out of tokens and tell them when asked with the token. */
    private Identity identity(IDTokenClaimsSet token, OIDCTokenResponse tokens, OIDCProviderMetadata about)
            throws IOException, ParseException {
        String subject = token.getSubject().getValue();
        if (token.getStringClaim("email") != null || about.getUserInfoEndpointURI() == null) {
            return identity(subject, token);
        }
        String url = about.getUserInfoEndpointURI().toString();
        OidcWeb.Asked asked = web.get(
                url,
                Map.of("Authorization", tokens.getOIDCTokens().getAccessToken().toAuthorizationHeader()));
        if (asked.status() != 200) {
            throw refused(url + " answered " + asked.status());
        }
        UserInfo info = UserInfo.parse(asked.body());
        if (!subject.equals(info.getSubject().getValue())) {
            throw refused(url + " tells of somebody else");
        }
        return identity(subject, info);
    }

    private Identity identity(String subject, ClaimsSet claims) {
        String email = claims.getStringClaim("email");
        if (email == null || email.isBlank()) {
            throw refused("it names no email address; let it tell this client the claim 'email'");
        }
        Object verified = claims.getClaim("email_verified");
        if (Boolean.FALSE.equals(verified) || "false".equals(verified)) {
            throw refused("it has not verified the address " + email);
        }
        return new Identity(subject, email);
    }

    private ClientID id() {
        return new ClientID(client.id());
    }

    private static String said(@Nullable ErrorObject error) {
        return error == null ? "no" : "'" + error.getCode() + "': " + error.getDescription();
    }

    /** People are told little at the door; whoever runs the server finds the reason in the log. */
    private Refused refused(String why) {
        LOG.warn("somebody was not let in by {} ({}): {}", client.name(), client.issuer(), why);
        return new Refused(new Problem.Unauthenticated(client.name() + " did not let you in: " + why));
    }

    private Refused away(IOException e) {
        LOG.warn("{} ({}) cannot be asked who people are: {}", client.name(), client.issuer(), e.getMessage());
        return new Refused(new Problem.Unavailable(client.name() + ": " + e.getMessage(), null));
    }
}
