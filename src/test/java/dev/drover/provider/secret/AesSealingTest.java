package dev.drover.provider.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.StartFailure;
import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AesSealingTest {
    private final Path folder = TestingFolders.create();
    private final AesSealing sealing = new AesSealing(RootKey.choose(null, folder));

    @AfterEach
    void delete() {
        TestingFolders.delete(folder);
    }

    @Test
    void opensWhatItSealed() {
        byte[] sealed = sealing.seal("value".getBytes(UTF_8), "context");

        assertThat(sealing.open(sealed, "context")).asString(UTF_8).isEqualTo("value");
        assertThat(new String(sealed, UTF_8)).doesNotContain("value");
        assertThat(sealing.seal("value".getBytes(UTF_8), "context")).isNotEqualTo(sealed);
    }

    @Test
    void opensNothingElse() {
        byte[] sealed = sealing.seal("value".getBytes(UTF_8), "context");
        byte[] altered = sealed.clone();
        altered[altered.length - 1] ^= 1;

        assertThatThrownBy(() -> sealing.open(sealed, "other")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sealing.open(altered, "context")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sealing.open(new byte[4], "context")).isInstanceOf(IllegalStateException.class);
        AesSealing other = new AesSealing(RootKey.choose(base64(32), folder));
        assertThat(other.keyId()).isNotEqualTo(sealing.keyId());
        assertThatThrownBy(() -> other.open(sealed, "context")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsItsKeyInAFileOfItsOwner() throws IOException {
        Path file = folder.resolve("root.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new AesSealing(RootKey.choose(null, folder)).keyId()).isEqualTo(sealing.keyId());
        String kept = Files.readString(file);
        assertThat(new AesSealing(RootKey.choose(kept, Path.of("/nowhere"))).keyId())
                .isEqualTo(sealing.keyId());
    }

    @Test
    void refusesAKeyThatIsNone() throws IOException {
        for (String bad : new String[] {"", "no base64!", base64(31), base64(33)}) {
            assertThatThrownBy(() -> RootKey.choose(bad, folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("DROVER_ROOT_KEY")
                    .hasMessageContaining("openssl rand -base64 32");
        }
        Files.writeString(folder.resolve("root.key"), "nonsense");
        assertThatThrownBy(() -> RootKey.choose(null, folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("root.key");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
