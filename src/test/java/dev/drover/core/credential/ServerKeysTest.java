package dev.drover.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import dev.drover.provider.secret.AesSealing;
import dev.drover.provider.secret.RootKey;
import dev.drover.testing.TestingDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServerKeysTest {
    private final TestingDatabase testing = TestingDatabase.create();
    private boolean othersLive;

    @AfterEach
    void close() {
        testing.close();
    }

    private ServerKeys keys(int rootKey) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) rootKey);
        RootKey root = RootKey.choose(Base64.getEncoder().encodeToString(key), Path.of("."));
        var jdbi = testing.database().jdbi();
        Vault vault = new Vault(new AesSealing(root), new VaultStore(jdbi), Clock.systemUTC());
        return new ServerKeys(vault, new ServerKeyStore(jdbi), () -> othersLive, Clock.systemUTC());
    }

    @Test
    void theFirstServerMakesAKeyForAll() {
        assertThat(keys(1).kept("key", () -> "first")).isEqualTo("first");
        assertThat(keys(1).kept("key", () -> "second")).isEqualTo("first");
        assertThat(keys(1).kept("another key", () -> "third")).isEqualTo("third");
        List<String> stored = testing.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select encode(sealed, 'escape') from server_key")
                        .mapTo(String.class)
                        .list());
        assertThat(stored).hasSize(2).noneMatch(text -> text.contains("first") || text.contains("third"));
    }

    @Test
    void aKeyThatNoRootKeyOpensAnyMoreIsMadeAnew() {
        keys(1).kept("key", () -> "lost");
        testing.database().jdbi().useHandle(handle -> handle.execute("delete from root_key"));

        assertThat(keys(2).kept("key", () -> "new")).isEqualTo("new");
        assertThat(keys(2).kept("key", () -> "newer")).isEqualTo("new");
    }

    @Test
    void serversThatLiveSideBySideHaveTheSame() {
        keys(1).agree("key", "abc", "");
        keys(1).agree("key", "abc", "");
        othersLive = true;
        keys(1).agree("key", "abc", "");
        assertThatThrownBy(() -> keys(1).agree("key", "def", "set SECRET_KEY"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("abc")
                .hasMessageContaining("def")
                .hasMessageContaining("set SECRET_KEY");
        othersLive = false;
        keys(1).agree("key", "def", "");
        othersLive = true;
        keys(1).agree("key", "def", "");
    }
}
