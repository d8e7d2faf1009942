package dev.drover.provider.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.terminal.SshKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSshKeysTest {
    private final SshKeys keys = new OpenSshKeys();

    @TempDir
    Path folder;

    private String run(String... command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "needs OpenSSH's ssh-keygen");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void makesPairsThatOpenSshReads() throws Exception {
        SshKeys.Pair pair = keys.make("a comment");
        Path file = Files.writeString(folder.resolve("key"), pair.privateKey());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("ssh-keygen", "-y", "-f", file.toString())).isEqualTo(pair.publicKey() + " a comment");
        assertThat(pair.toString()).doesNotContain("BEGIN");
        assertThat(keys.make("another").publicKey()).isNotEqualTo(pair.publicKey());
    }

    @ParameterizedTest
    @CsvSource({"ed25519,256", "ecdsa,256", "ecdsa,521", "rsa,2048"})
    void readsTheKeysThatPeopleHave(String kind, String bits) throws Exception {
        Path file = folder.resolve("own");
        run("ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-C", "mira@example", "-f", file.toString());
        String line = Files.readString(folder.resolve("own.pub"));

        assertThat(keys.read(line))
                .contains(String.join(" ", List.of(line.split(" ")).subList(0, 2)));
    }

    @Test
    void refusesAKeyThatIsTooWeak() throws Exception {
        Path file = folder.resolve("weak");
        run("ssh-keygen", "-q", "-t", "rsa", "-b", "1024", "-N", "", "-f", file.toString());

        assertThat(keys.read(Files.readString(folder.resolve("weak.pub")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 nonsense",
                "-----BEGIN OPENSSH PRIVATE KEY-----",
                "# a comment",
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAA"
            })
    void takesNothingElseForAKey(String line) {
        assertThat(keys.read(line)).isEmpty();
    }
}
