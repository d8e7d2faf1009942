package dev.drover.provider.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.access.Passwords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2PasswordsTest {
    /** Made by the reference implementation's test program (password, somesalt; 2 passes, 256 KiB). */
    private static final String REFERENCE =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    private final Passwords passwords = new Argon2Passwords();

    @Test
    void matchesThePasswordAndNoOther() {
        String hash = passwords.hash("correct horse ✓");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("correct", "=$");
        assertThat(passwords.matches("correct horse ✓", hash)).isTrue();
        assertThat(passwords.matches("correct horse", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
    }

    @Test
    void saltsEachHash() {
        assertThat(passwords.hash("same")).isNotEqualTo(passwords.hash("same"));
    }

    @Test
    void readsHashesMadeAtAnotherCostByOthers() {
        assertThat(passwords.matches("password", REFERENCE)).isTrue();
        assertThat(passwords.matches("passwort", REFERENCE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2b$10$abcdefghijklmnopqrstuv",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
            })
    void matchesNothingToWhatIsNoHash(String hash) {
        assertThat(passwords.matches("password", hash)).isFalse();
    }
}
