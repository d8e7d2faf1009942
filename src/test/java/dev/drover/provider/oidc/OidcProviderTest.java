package dev.drover.provider.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.IdentityProvider.Departure;
import dev.drover.core.access.IdentityProvider.Identity;
import dev.drover.core.egress.EgressGuard;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.testing.TestingIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcProviderTest {
    private static final URI CALLBACK = URI.create("https://drover.example/api/v1/session/oidc/callback");

    private final TestingIssuer issuer = new TestingIssuer();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void asksNobodyBeforeSomebodyLogsIn() {
        provider(issuer.url());
        assertThat(issuer.asked()).isEmpty();
    }

    @Test
    void tellsWhoCameAndKeepsWhatTheIssuerSaysOfItself() throws Exception {
        OidcProvider provider = provider(issuer.url());
        for (int i = 0; i < 2; i++) {
            assertThat(arrived(provider)).isEqualTo(new Identity("subject of mira", "mira@example.org"));
        }
        assertThat(Collections.frequency(issuer.asked(), "/.well-known/openid-configuration"))
                .isEqualTo(1);
        assertThat(Collections.frequency(issuer.asked(), "/jwks")).isEqualTo(1);
    }

    @Test
    void anIssuerThatCallsItselfOtherwiseIsTold() {
        OidcProvider provider = provider(issuer.url().replace("127.0.0.1", "localhost"));
        assertThatThrownBy(() -> provider.depart(CALLBACK))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOfSatisfying(
                                        Problem.Unavailable.class,
                                        away -> assertThat(away.what())
                                                .contains(
                                                        "calls itself '" + issuer.url() + "'", "DROVER_OIDC_ISSUER")));
    }

    @Test
    void whatTheIssuerNamesBesideItselfIsGuarded() {
        issuer.withTokensAt("http://127.0.0.1:9");
        OidcProvider provider = provider(issuer.url());
        assertThatThrownBy(() -> arrived(provider))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOfSatisfying(
                                        Problem.Unavailable.class,
                                        away -> assertThat(away.what()).contains("private/internal")));
    }

    private static OidcProvider provider(String at) {
        URI url = URI.create(at);
        EgressGuard guard = new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), List.of(), List.of());
        return new OidcProvider(
                new OidcClient(url, TestingIssuer.CLIENT, TestingIssuer.SECRET, "the issuer"),
                guard.allowing(url.getHost() + ":" + url.getPort()),
                new PinnedWebClient(),
                Clock.systemUTC());
    }

    private static Identity arrived(OidcProvider provider) throws IOException, InterruptedException {
        Departure departure = provider.depart(CALLBACK);
        try (HttpClient http = HttpClient.newHttpClient()) {
            String back = http.send(HttpRequest.newBuilder(departure.to()).build(), BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            Map<String, String> answer = Arrays.stream(
                            URI.create(back).getQuery().split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return provider.arrive(departure.journey(), answer, CALLBACK);
        }
    }
}
