package dev.drover.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingIssuer;
import dev.drover.testing.TestingIssuer.Signing;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleProviderApiTest {
    private static final TestingIssuer ISSUER = new TestingIssuer();
    private static final TestingApi SERVER = new TestingApi(settings());

    private final TestingVisitor visitor = new TestingVisitor(SERVER);

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(ISSUER.settings());
        settings.put("DROVER_OIDC_ADMINS", "Chief@example.org, other@example.org");
        return settings;
    }

    @AfterAll
    static void close() {
        SERVER.close();
        ISSUER.close();
    }

    @AfterEach
    void straighten() {
        ISSUER.bend(Signing.KEY, claims -> claims);
        ISSUER.as("mira@example.org");
        ISSUER.withEmailInToken(true);
    }

    @Test
    void somebodyComesBackWithASession() throws Exception {
        assertThat(SERVER.send(SERVER.to("/api/v1/session"))
                        .json()
                        .at("/oidc/name")
                        .asText())
                .isEqualTo("Example Login");
        Reply back = visitor.visit(throughIssuer("/console/agents?state=running"));
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("/console/agents?state=running");
        assertThat(back.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/session;");
        Reply refreshed = visitor.refresh();
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.json().at("/user/username").asText()).isEqualTo("mira@example.org");
        assertThat(refreshed.json().at("/user/role").asText()).isEqualTo("user");
    }

    @Test
    void theAddressMayComeFromAFurtherQuestion() throws Exception {
        ISSUER.withEmailInToken(false);
        ISSUER.as("quiet@example.org");
        visitor.visit(throughIssuer("/console"));
        assertThat(visitor.refresh().json().at("/user/email").asText()).isEqualTo("quiet@example.org");
    }

    @Test
    void thoseWhomTheSettingsNameAdminister() throws Exception {
        ISSUER.as("chief@example.org");
        visitor.visit(throughIssuer("/console"));
        assertThat(visitor.refresh().json().at("/user/role").asText()).isEqualTo("admin");
    }

    @Test
    void newKeysAreAskedForWhenTheyAreNeeded() throws Exception {
        visitor.visit(throughIssuer("/console"));
        ISSUER.rotate();
        assertThat(visitor.visit(throughIssuer("/console")).header("Location")).isEqualTo("/console");
    }

    @ParameterizedTest
    @EnumSource(names = {"ANOTHER_KEY", "CLIENT_SECRET", "NOT"})
    void aTokenThatIsNotSignedByTheIssuersKeyIsRefused(Signing way) throws Exception {
        ISSUER.bend(way, claims -> claims);
        refused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "nonce", "exp", "email_verified", "no email"})
    void aTokenThatDoesNotFitIsRefused(String claim) throws Exception {
        ISSUER.bend(Signing.KEY, claims -> switch (claim) {
            case "exp" -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600)));
            case "email_verified" -> claims.claim(claim, false);
            case "no email" -> claims.claim("email", " ");
            default -> claims.claim(claim, "something else");
        });
        refused();
    }

    @Test
    void anAnswerToAnotherLoginIsRefused() throws Exception {
        URI back = throughIssuer("/console");
        assertThat(new TestingVisitor(SERVER).visit(back).header("Location"))
                .isEqualTo("/console/login?problem=provider_refused");
        String spoiled = back.toString().replaceFirst("state=[^&]*", "state=guessed");
        assertThat(visitor.visit(URI.create(spoiled)).header("Location"))
                .isEqualTo("/console/login?problem=provider_refused");
        assertThat(visitor.visit(back).header("Location")).isEqualTo("/console");
        assertThat(visitor.visit(back).header("Location")).isEqualTo("/console/login?problem=provider_refused");
    }

    @Test
    void nobodyIsSentToAnotherSite() throws Exception {
        for (String place : Stream.of(
                        "https://evil.example/",
                        "//evil.example/console",
                        "/console.evil.example",
                        "/console/\\evil",
                        "/api/v1/agents",
                        "/consolation")
                .toList()) {
            assertThat(visitor.visit(throughIssuer(place)).header("Location")).isEqualTo("/console");
        }
    }

    @Test
    void whoeverIsNoBrowserIsToldInTheUsualWords() {
        Reply refused = SERVER.send(SERVER.to("/api/v1/session/oidc/callback?code=x&state=y"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("begun elsewhere or too long ago");
    }

    @Test
    void anIssuerThatIsAwayIsAProblemOfLoginsAlone() {
        try (TestingApi lonely = new TestingApi(Map.of(
                "DROVER_MODEL", "offline",
                "DROVER_OIDC_ISSUER", "http://127.0.0.1:9",
                "DROVER_OIDC_CLIENT_ID", "drover"))) {
            Reply away = lonely.send(lonely.to("/api/v1/session/oidc"));
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.body()).contains("http://127.0.0.1:9/.well-known/openid-configuration is out of reach");
            assertThat(new TestingVisitor(lonely)
                            .visit(URI.create("/api/v1/session/oidc"))
                            .header("Location"))
                    .isEqualTo("/console/login?problem=provider_away");
            assertThat(new TestingVisitor(lonely)
                            .logIn("admin", "a password for tests")
                            .status())
                    .isEqualTo(201);
        }
    }

    private void refused() throws Exception {
        assertThat(visitor.visit(throughIssuer("/console")).header("Location"))
                .isEqualTo("/console/login?problem=provider_refused");
        assertThat(visitor.refresh().status()).isEqualTo(401);
    }

    /** Where the browser comes back to, having been sent off and asked who it is. */
    private URI throughIssuer(String then) throws IOException, InterruptedException {
        String query = "then=" + URLEncoder.encode(then, StandardCharsets.UTF_8);
        Reply sent = visitor.visit(URI.create("/api/v1/session/oidc?" + query));
        assertThat(sent.status()).as(sent.body()).isEqualTo(302);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return URI.create(http.send(
                            HttpRequest.newBuilder(URI.create(sent.header("Location")))
                                    .build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
        }
    }
}
