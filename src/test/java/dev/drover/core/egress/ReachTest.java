package dev.drover.core.egress;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Refused;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network of one run leaves of what the guard lets through. */
final class ReachTest {
    private static final EgressGuard GUARD = new EgressGuard(
            host -> List.of(InetAddress.ofLiteral(host.startsWith("inside") ? "10.0.0.1" : "93.184.215.14")),
            List.of("127.0.0.1:8080"),
            List.of());

    private final EgressGuard narrowed =
            GUARD.within(new Network.Allow(List.of("Example.com.", "*.example.org", "inside.example", "1.1.1.1")));

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "EXAMPLE.COM.", "a.example.org", "a.b.example.org", "1.1.1.1"})
    void letsThroughWhatIsNamed(String host) {
        assertThatCode(() -> narrowed.check(host, 443)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "example.org",
                "notexample.org",
                "example.com.evil.net",
                "8.8.8.8",
                "127.0.0.1"
            })
    void refusesAllElse(String host) {
        assertThatThrownBy(() -> narrowed.check(host, 8080))
                .isInstanceOf(EgressDenied.class)
                .hasMessageContaining("outside the network of this run");
    }

    @Test
    void neverWidens() {
        assertThatThrownBy(() -> narrowed.check("http://inside.example/"))
                .isInstanceOf(EgressDenied.class)
                .hasMessageContaining("private/internal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "127.0.0.1", "1.1.1.1"})
    void noneIsNone(String host) {
        assertThatThrownBy(() -> GUARD.within(new Network.None()).check(host, 8080))
                .isInstanceOf(EgressDenied.class)
                .hasMessageContaining("has no network");
    }

    @Test
    void anEmptyListIsNoneToo() {
        assertThatThrownBy(() -> GUARD.within(new Network.Allow(List.of())).check("example.com", 443))
                .isInstanceOf(EgressDenied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "a b", "http://example.com", "0177.0.0.1", "exa\0mple.com", "*.*.com"})
    void refusesWhatIsNoHost(String host) {
        assertThatThrownBy(() -> new Network.Allow(List.of(host))).isInstanceOf(Refused.class);
    }
}
