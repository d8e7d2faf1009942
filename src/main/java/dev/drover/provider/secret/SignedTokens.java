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
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON Web Tokens signed with HS256. A user's has {@code sub}, {@code exp} and {@code mode} (Trinity contract, section
 * 3.2); a run's also says its {@code kind}, and one that says so is never taken for a user's.
 */
public final class SignedTokens implements Tokens {
    private static final String KIND = "kind";
    private static final String RUN_KIND = "run";
    private static final String MODE = "mode";
    private static final String RUN = "run";
    private static final String OWNER = "owner";

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final Clock clock;

    public SignedTokens(SigningKey key, Clock clock) {
        try {
            this.signer = new MACSigner(key.bytes());
            this.verifier = new MACVerifier(key.bytes());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a signing key is always long enough", e);
        }
        this.clock = clock;
    }

    @Override
    public String sign(Claims claims) {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), written(claims));
        try {
            token.sign(signer);
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
            if (!JWSAlgorithm.HS256.equals(signed.getHeader().getAlgorithm()) || !signed.verify(verifier)) {
                return Optional.empty();
            }
            return read(signed.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JWTClaimsSet written(Claims claims) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder().expirationTime(Date.from(claims.expiresAt()));
        return switch (claims) {
            case Claims.OfUser user ->
                set.subject(user.name()).claim(MODE, user.mode()).build();
            case Claims.OfRun run ->
                set.subject(run.agent().toString())
                        .claim(KIND, RUN_KIND)
                        .claim(RUN, run.run().toString())
                        .claim(OWNER, run.owner())
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
        return Optional.ofNullable(set.getStringClaim(MODE))
                .map(mode -> new Claims.OfUser(set.getSubject(), mode, expiry));
    }

    private static Optional<Claims> run(JWTClaimsSet set, Instant expiry) throws ParseException {
        @Nullable String run = set.getStringClaim(RUN);
        @Nullable String owner = set.getStringClaim(OWNER);
        if (run == null || owner == null) {
            return Optional.empty();
        }
        AgentId agent = new AgentId(UUID.fromString(set.getSubject()));
        return Optional.of(new Claims.OfRun(owner, agent, new RunId(UUID.fromString(run)), expiry));
    }
}
