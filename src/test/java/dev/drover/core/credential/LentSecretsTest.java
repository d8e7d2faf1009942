package dev.drover.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LentSecretsTest {
    private final LentSecrets secrets = new LentSecrets(new TreeMap<>(Map.of(
            "ANYWHERE", new LentSecrets.Lent("$1\\value", null),
            "HERE", new LentSecrets.Lent("v2", List.of("api.example.com")),
            "NOWHERE", new LentSecrets.Lent("v3", List.of()))));

    @Test
    void fillsPlacesIn() throws SecretWithheld {
        LentSecrets.Filled filled =
                secrets.fill("a {{secret.ANYWHERE}} {{secret.HERE}}{{secret.HERE}} {{secret.here}}");

        assertThat(filled.text()).isEqualTo("a $1\\value v2v2 {{secret.here}}");
        assertThat(filled.names()).containsExactly("ANYWHERE", "HERE");
    }

    @Test
    void namesASecretThatTheRunDoesNotHave() {
        assertThatThrownBy(() -> secrets.fill("{{secret.OTHER}}"))
                .hasMessage("there is no secret OTHER for this run; it has ANYWHERE, HERE, NOWHERE");
        assertThatThrownBy(() -> LentSecrets.NONE.fill("{{secret.OTHER}}")).hasMessageContaining("it has none");
    }

    @Test
    void letsASecretGoToItsHostsOnly() {
        assertThatCode(() -> secrets.allow(Set.of("ANYWHERE", "HERE"), "api.example.com"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> secrets.allow(Set.of("HERE"), "example.com"))
                .hasMessage("the secret HERE may not be sent to example.com; it is for api.example.com");
        assertThatThrownBy(() -> secrets.allow(Set.of("NOWHERE"), "api.example.com"))
                .hasMessageContaining("NOWHERE")
                .hasMessageContaining("no host");
    }
}
