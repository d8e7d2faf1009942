package dev.drover.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Refused;
import dev.drover.core.StartFailure;
import dev.drover.provider.secret.AesSealing;
import dev.drover.provider.secret.RootKey;
import dev.drover.testing.TestingDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VaultTest {
    private final TestingDatabase testing = TestingDatabase.create();
    private final Vault first = vault(1);
    private final Vault second = vault(2);

    @AfterEach
    void close() {
        testing.close();
    }

    @Test
    void sealsWithTheFirstKeyThatSealedAnything() {
        Sealed sealed = first.seal("value", "context");

        assertThat(first.open(sealed, "context")).isEqualTo("value");
        assertThat(vault(1).open(sealed, "context")).isEqualTo("value");
        assertThatThrownBy(() -> second.seal("value", "context"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(sealed.keyId());
        assertThatThrownBy(() -> second.open(sealed, "context")).hasMessageContaining(sealed.keyId());
    }

    @Test
    void saysAtStartThatAnotherKeyIsNeeded() {
        assertThatCode(second::refuseForeignKey).doesNotThrowAnyException();
        Sealed sealed = first.seal("value", "context");

        assertThatCode(first::refuseForeignKey).doesNotThrowAnyException();
        assertThatThrownBy(second::refuseForeignKey)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(sealed.keyId())
                .hasMessageContaining("DROVER_ROOT_KEY");
    }

    private Vault vault(int filler) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filler);
        RootKey root = RootKey.choose(Base64.getEncoder().encodeToString(key), Path.of("."));
        return new Vault(new AesSealing(root), new VaultStore(testing.database().jdbi()), Clock.systemUTC());
    }
}
