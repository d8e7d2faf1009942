package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.StartFailure;
import dev.drover.testing.TestingFolders;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DataFolderTest {
    private final Path parent = TestingFolders.create();
    private final Path path = parent.resolve("a/data");

    @AfterEach
    void remove() {
        TestingFolders.delete(parent);
    }

    @Test
    void isMadeSoThatOnlyItsOwnerCanListIt() throws Exception {
        try (DataFolder folder = DataFolder.open(path)) {
            assertThat(folder.path()).isEqualTo(path.toRealPath());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Account.isRoot() ? "rwx--x--x" : "rwx------");
        }
    }

    @Test
    void belongsToOneServerAtATime() {
        try (DataFolder first = DataFolder.open(path)) {
            assertThatThrownBy(() -> DataFolder.open(path))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining("DROVER_DATA");
        }
        DataFolder.open(path).close();
    }

    @Test
    void belongsToOneProcessAtATime() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("held");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> DataFolder.open(path)).hasMessageContaining("pid " + other.pid());
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        DataFolder.open(path).close();
    }

    @Test
    void refusesParentsThatTheDatabaseCannotPass() throws Exception {
        assumeTrue(Account.isRoot(), "needs root: others run the database as themselves");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> DataFolder.open(path))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(parent + " (rwx------)")
                .hasMessageContaining("other users")
                .hasMessageContaining("DROVER_DATA=/var/lib/drover")
                .hasMessageContaining("chmod o+x " + parent);
        assertThat(path).doesNotExist();
    }

    @Test
    void saysWhyItCannotBeMade() {
        assertThatThrownBy(() -> DataFolder.open(Path.of("/proc/drover")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cannot use the data folder /proc/drover")
                .hasMessageContaining("DROVER_DATA");
    }

    @Test
    void saysWhenAFileIsInTheWay() throws Exception {
        Files.createDirectories(parent.resolve("a"));
        Files.writeString(path, "no folder");

        assertThatThrownBy(() -> DataFolder.open(path))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(path.toString());
    }

    /** Another server, as far as the folder can tell. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (DataFolder folder = DataFolder.open(Path.of(arguments[0]))) {
                System.out.println(folder.path().toFile().exists() ? "held" : "lost");
                Thread.sleep(60_000);
            }
        }
    }
}
