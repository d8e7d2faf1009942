package dev.drover.provider.secret;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.drover.core.access.Claims;
import dev.drover.core.access.Tokens;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SessionId;
import dev.drover.core.id.SquadId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Tokens signed with HS256. A user's has {@code sub}, {@code exp} and {@code mode} (Trinity contract, section
 * 3.2); a run's also says its {@code kind}, and one that says so is never taken for a user's.
 */
public final class SignedTokens implements Tokens {
    private static final String KIND = "kind";
    private static final String RUN_KIND = "run";
    private static final String MODE = "mode";
    private static final String GENERATION = "gen";
    private static final String SESSION = "sid";
    private static final String RUN = "run_id";
    private static final String OWNER = "owner";
    private static final String SQUAD = "squad_id";
    private static final String ADAPTER = "adapter_type";
    private static final String ISSUER = "drover";
    private static final String AUDIENCE = "slaw";

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final Clock clock;

    private final SigningKey runs;
    private final String instance;

    /**
     * Over two keys that have nothing to do with one another.
     *
     * @param key for users' tokens
     * @param runs of which each squad's key for its runs' tokens is made
     * @param instance the name of this server among those that share a master secret
     */
    public SignedTokens(SigningKey key, SigningKey runs, String instance, Clock clock) {
        this.signer = signer(key.bytes());
        this.verifier = verifier(key.bytes());
        this.runs = runs;
        this.instance = instance;
        this.clock = clock;
    }

    private static MACSigner signer(byte[] key) {
        try {
            return new MACSigner(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a signing key is always long enough", e);
        }
    }

    private static MACVerifier verifier(byte[] key) {
        try {
            return new MACVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a signing key is always long enough", e);
        }
    }

    /** A squad's own, so that no token of one squad means anything in another (SLAW contract, section 2.1). */
    private byte[] keyOf(@Nullable String squad) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(runs.bytes(), "HmacSHA256"));
            String of = "jwt:" + instance + ":" + (squad == null ? "" : squad);
            return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String sign(Claims claims) {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), written(claims));
        try {
            token.sign(
                    claims instanceof Claims.OfRun run
                            ? signer(keyOf(
                                    run.squad() == null ? null : run.squad().toString()))
                            : signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
        return token.serialize();
    }

    @Override
    public Optional<Claims> read(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            // Named here, so that no header can choose another way of checking.
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            MACVerifier own = RUN_KIND.equals(claims.getStringClaim(KIND))
                    ? verifier(keyOf(claims.getStringClaim(SQUAD)))
                    : verifier;
            if (!JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm()) || !signed.verify(own)) {
                return Optional.empty();
            }
            return read(claims);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JWTClaimsSet written(Claims claims) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder().expirationTime(Date.from(claims.expiresAt()));
        return switch (claims) {
            case Claims.OfUser user ->
                set.subject(user.name())
                        .claim(MODE, user.mode())
                        .claim(GENERATION, user.generation() == 0 ? null : user.generation())
                        .claim(
                                SESSION,
                                user.session() == null ? null : user.session().toString())
                        .build();
            case Claims.OfRun run ->
                set.subject(run.agent().toString())
                        .claim(KIND, RUN_KIND)
                        .claim(RUN, run.run().toString())
                        .claim(OWNER, run.owner())
                        .claim(SQUAD, run.squad() == null ? null : run.squad().toString())
                        .claim(ADAPTER, run.adapter())
                        .issueTime(Date.from(run.issuedAt()))
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .build();
        };
    }

    private Optional<Claims> read(JWTClaimsSet set) throws ParseException {
        Date expiry = set.getExpirationTime();
        if (expiry == null || !clock.instant().isBefore(expiry.toInstant()) || set.getSubject() == null) {
            return Optional.empty();
        }
        String kind = set.getStringClaim(KIND);
        if (kind == null) {
            return user(set, expiry.toInstant());
        }
        return kind.equals(RUN_KIND) ? run(set, expiry.toInstant()) : Optional.empty();
    }

    private static Optional<Claims> user(JWTClaimsSet set, Instant expiry) throws ParseException {
        Integer generation = set.getIntegerClaim(GENERATION);
        String session = set.getStringClaim(SESSION);
        return Optional.ofNullable(set.getStringClaim(MODE))
                .map(mode -> new Claims.OfUser(
                        set.getSubject(),
                        mode,
                        generation == null ? 0 : generation,
                        session == null ? null : new SessionId(UUID.fromString(session)),
                        expiry));
    }

    private static Optional<Claims> run(JWTClaimsSet set, Instant expiry) throws ParseException {
        @Nullable String run = set.getStringClaim(RUN);
        @Nullable String owner = set.getStringClaim(OWNER);
        @Nullable String squad = set.getStringClaim(SQUAD);
        @Nullable String adapter = set.getStringClaim(ADAPTER);
        @Nullable Date issued = set.getIssueTime();
        boolean ours = ISSUER.equals(set.getIssuer()) && set.getAudience().equals(List.of(AUDIENCE));
        if (run == null || owner == null || adapter == null || issued == null || !ours) {
            return Optional.empty();
        }
        return Optional.of(new Claims.OfRun(
                owner,
                new AgentId(UUID.fromString(set.getSubject())),
                squad == null ? null : new SquadId(UUID.fromString(squad)),
                adapter,
                new RunId(UUID.fromString(run)),
                issued.toInstant(),
                expiry));
    }
}
