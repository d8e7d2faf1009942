package dev.drover.provider.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.drover.core.StartFailure;
import dev.drover.core.access.Claims;
import dev.drover.core.access.Tokens;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.SquadId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SignedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef-and-long-enough-for-HS512-as-well";
    private static final Claims.OfUser MIRA = new Claims.OfUser("mira", "admin", NOW.plusSeconds(60));

    private static final String RUNS = "another-0123456789abcdef0123456789abcdef";

    private final Tokens tokens = at(NOW);

    @Test
    void readsBackWhatItSigned() {
        Claims.OfRun run = run(new SquadId(UUID.randomUUID()));
        Claims.OfRun alone = run(null);

        assertThat(tokens.read(tokens.sign(MIRA))).contains(MIRA);
        assertThat(tokens.read(tokens.sign(run))).contains(run);
        assertThat(tokens.read(tokens.sign(alone))).contains(alone);
    }

    @Test
    void signsTheRunsOfEachSquadWithAKeyOfItsOwn() throws Exception {
        Claims.OfRun mine = run(new SquadId(UUID.randomUUID()));
        JWTClaimsSet claims = SignedJWT.parse(tokens.sign(mine)).getJWTClaimsSet();
        String other = UUID.randomUUID().toString();
        byte[] keyOfMine = hmac(RUNS, "jwt:default:" + mine.squad());

        assertThat(tokens.read(signed(keyOfMine, claims))).contains(mine);
        assertThat(tokens.read(signed(hmac(RUNS, "jwt:default:" + other), claims)))
                .isEmpty();
        assertThat(tokens.read(signed(SECRET.getBytes(StandardCharsets.UTF_8), claims)))
                .isEmpty();
        assertThat(tokens.read(signed(
                        keyOfMine,
                        new JWTClaimsSet.Builder(claims)
                                .claim("squad_id", other)
                                .build())))
                .isEmpty();
    }

    private static Claims.OfRun run(@Nullable SquadId squad) {
        return new Claims.OfRun(
                "mira",
                new AgentId(UUID.randomUUID()),
                squad,
                "process",
                new RunId(UUID.randomUUID()),
                NOW,
                NOW.plusSeconds(60));
    }

    private static byte[] hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(byte[] key, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(key));
        return token.serialize();
    }

    @Test
    void tellsAUserNoMoreThanTheContractSays() throws Exception {
        SignedJWT token = SignedJWT.parse(tokens.sign(MIRA));

        assertThat(token.getHeader().toString()).isEqualTo("{\"alg\":\"HS256\"}");
        assertThat(token.getJWTClaimsSet().toJSONObject())
                .containsOnlyKeys("sub", "exp", "mode")
                .containsEntry("sub", "mira")
                .containsEntry("mode", "admin")
                .containsEntry("exp", MIRA.expiresAt().getEpochSecond());
    }

    @Test
    void endsAtItsExpiry() {
        String token = tokens.sign(MIRA);

        assertThat(at(MIRA.expiresAt().minusSeconds(1)).read(token)).contains(MIRA);
        assertThat(at(MIRA.expiresAt()).read(token)).isEmpty();
        assertThat(at(NOW.plus(Duration.ofDays(8))).read(token)).isEmpty();
    }

    @Test
    void refusesWhatWasAltered() {
        String[] parts = tokens.sign(MIRA).split("\\.", -1);
        String claims = decode(parts[1]).replace("mira", "root");
        String signature = (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1);

        assertThat(tokens.read(parts[0] + "." + encode(claims) + "." + parts[2]))
                .isEmpty();
        assertThat(tokens.read(parts[0] + "." + parts[1] + "." + signature)).isEmpty();
        assertThat(tokens.read(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(tokens.read(parts[0] + "." + parts[1])).isEmpty();
    }

    @Test
    void refusesTokensThatNobodySigned() {
        JWTClaimsSet claims = claims().build();

        assertThat(tokens.read(new PlainJWT(claims).serialize())).isEmpty();
        assertThat(tokens.read(encode("{\"alg\":\"none\"}") + "." + encode(claims.toString()) + "."))
                .isEmpty();
        assertThat(tokens.read("")).isEmpty();
        assertThat(tokens.read("drv_live_0123456789")).isEmpty();
        assertThat(tokens.read("....")).isEmpty();
    }

    @Test
    void refusesOtherAlgorithmsAndOtherKeys() throws Exception {
        assertThat(tokens.read(signed(JWSAlgorithm.HS256, SECRET, claims()))).isPresent();
        assertThat(tokens.read(signed(JWSAlgorithm.HS512, SECRET, claims()))).isEmpty();
        assertThat(tokens.read(signed(JWSAlgorithm.HS256, SECRET + "!", claims())))
                .isEmpty();
    }

    @Test
    void refusesTokensThatSayTooLittle() throws Exception {
        for (String missing : new String[] {"sub", "exp", "mode"}) {
            JWTClaimsSet.Builder claims = claims().claim(missing, null);
            assertThat(tokens.read(signed(JWSAlgorithm.HS256, SECRET, claims)))
                    .as(missing)
                    .isEmpty();
        }
    }

    @Test
    void neverTakesARunForAUser() throws Exception {
        String agent = UUID.randomUUID().toString();
        JWTClaimsSet.Builder half = claims().subject(agent).claim("kind", "run");
        JWTClaimsSet.Builder strange = claims().claim("kind", "robot");
        JWTClaimsSet.Builder nobody =
                claims().claim("kind", "run").claim("run", agent).claim("owner", "mira");

        assertThat(tokens.read(signed(JWSAlgorithm.HS256, SECRET, half))).isEmpty();
        assertThat(tokens.read(signed(JWSAlgorithm.HS256, SECRET, strange))).isEmpty();
        assertThat(tokens.read(signed(JWSAlgorithm.HS256, SECRET, nobody))).isEmpty();
    }

    @Test
    void readsWhatWasSignedWithTheSameKeysOnly() {
        SigningKey users = SigningKey.of("ab".repeat(32));
        SigningKey runs = SigningKey.of("cd".repeat(32));
        Tokens here = new SignedTokens(users, runs, "default", clock(NOW));
        Tokens there = new SignedTokens(SigningKey.of("ab".repeat(32)), runs, "default", clock(NOW));

        assertThat(there.read(here.sign(MIRA))).contains(MIRA);
        assertThat(tokens.read(here.sign(MIRA))).isEmpty();
        assertThat(users.print()).isNotEqualTo(runs.print()).doesNotContain("abab");
    }

    @Test
    void refusesKeysThatAreNone() {
        assertThatThrownBy(() -> SigningKey.of("short")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SigningKey.given("short"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SECRET_KEY has 5 bytes");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("mira")
                .claim("mode", "admin")
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String signed(JWSAlgorithm algorithm, String secret, JWTClaimsSet.Builder claims) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static Tokens at(Instant now) {
        return new SignedTokens(SigningKey.given(SECRET), SigningKey.given(RUNS), "default", clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
