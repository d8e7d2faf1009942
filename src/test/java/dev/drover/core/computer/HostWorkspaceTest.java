package dev.drover.core.computer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.Workspace.Entry;
import dev.drover.core.computer.Workspace.PathRefused;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostWorkspaceTest {
    @TempDir
    Path temporary;

    private Path root;
    private Path secret;
    private HostWorkspace workspace;

    @BeforeEach
    void make() throws IOException {
        AgentFolder folder = AgentFolder.of(temporary, new AgentId(UUID.randomUUID()));
        root = Files.createDirectories(folder.workspace());
        Files.createDirectories(folder.staging());
        secret = Files.writeString(temporary.resolve("secret"), "of the host");
        workspace = new HostWorkspace(folder, new Owner.Shared(), new WorkspaceQuota(root, 1 << 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../secret",
                "a/../../secret",
                "/",
                "/tmp/foo",
                "/etc/passwd",
                "/workspace/../x",
                "a\0b",
                "/workspacex/file",
                "out/secret",
                "file-out",
                "/workspace/out/secret",
                "up/x",
                "loop",
                "proc/version"
            })
    void refusesWhatLeadsOutside(String path) throws Exception {
        Files.createDirectory(root.resolve("a"));
        Files.createSymbolicLink(root.resolve("out"), temporary);
        Files.createSymbolicLink(root.resolve("proc"), Path.of("/proc"));
        Files.createSymbolicLink(root.resolve("file-out"), secret);
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

        assertThatThrownBy(() -> workspace.read(path, 100)).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.write(path, new byte[1])).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.list(path, 100)).isInstanceOf(PathRefused.class);
        assertThat(Files.readString(secret)).isEqualTo("of the host");
        assertThat(temporary.toFile().list()).hasSize(2);
    }

    @Test
    void readsAndWritesByAllSpellingsOfAPathInside() throws Exception {
        workspace.write("a/b/c", "text".getBytes(UTF_8));
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/b"));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/workspace/a"));
        Files.createSymbolicLink(root.resolve("a/back"), Path.of("../a/b/c"));

        for (String path : new String[] {
            "a/b/c", "./a//b/./c", "a/b/../b/c", "/workspace/a/b/c", "link/c", "absolute/b/c", "a/back", "link/../b/c"
        }) {
            assertThat(workspace.read(path, 100).bytes())
                    .as(path)
                    .asString(UTF_8)
                    .isEqualTo("text");
        }
        workspace.write("a/back", "new".getBytes(UTF_8));
        assertThat(workspace.read("a/b/c", 100).bytes()).asString(UTF_8).isEqualTo("new");
        assertThat(Files.isSymbolicLink(root.resolve("a/back"))).isTrue();
    }

    @Test
    void readsTheBeginningAndTellsTheWholeSize() throws Exception {
        workspace.write("file", "0123456789".getBytes(UTF_8));

        assertThat(workspace.read("file", 4).bytes()).asString(UTF_8).isEqualTo("0123");
        assertThat(workspace.read("file", 4).size()).isEqualTo(10);
    }

    @Test
    void keepsTheModeOfAFileThatItReplacesAndLeavesNothingBeside() throws Exception {
        Path script = Files.writeString(root.resolve("script"), "old");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        workspace.write("script", "new".getBytes(UTF_8));
        workspace.write("fresh", "new".getBytes(UTF_8));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("fresh"))))
                .isEqualTo("rw-r--r--");
        assertThat(workspace.list(".", 10).entries())
                .containsExactly(new Entry("fresh", 3, false), new Entry("script", 3, false));
    }

    @Test
    void listsByNameUpToALimit() throws Exception {
        for (String name : new String[] {"c", "a", "d", "b"}) {
            workspace.write(name, name.repeat(3).getBytes(UTF_8));
        }
        workspace.write("e/f", new byte[0]);

        assertThat(workspace.list(".", 3).entries()).extracting(Entry::name).containsExactly("a", "b", "c");
        assertThat(workspace.list(".", 3).truncated()).isTrue();
        assertThat(workspace.list("/workspace", 5).truncated()).isFalse();
        assertThat(workspace.list("/workspace/", 5).entries())
                .contains(new Entry("e", 0, true), new Entry("d", 3, false));
        assertThat(workspace.list("e", 5).entries()).containsExactly(new Entry("f", 0, false));
    }

    @Test
    void deletesFilesAndLinksButNoFoldersAndNothingThroughALink() throws Exception {
        workspace.write("folder/file", new byte[1]);
        Files.createSymbolicLink(root.resolve("link"), secret);
        Files.createSymbolicLink(root.resolve("out"), temporary);

        workspace.delete("link");
        workspace.delete("folder/file");
        assertThatThrownBy(() -> workspace.delete("folder")).hasMessageContaining("folder");
        assertThatThrownBy(() -> workspace.delete("folder/file")).hasMessageContaining("no 'folder/file'");
        assertThatThrownBy(() -> workspace.delete(".")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> workspace.delete("out/secret")).isInstanceOf(PathRefused.class);
        assertThat(secret).exists();
    }

    @Test
    void neverOpensAPipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> workspace.read("pipe", 10)).hasMessageContaining("pipe");
        workspace.write("pipe", new byte[1]);
        assertThat(Files.isRegularFile(root.resolve("pipe"))).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAPath() throws Exception {
        workspace.write("file", new byte[1]);
        workspace.write("folder/x", new byte[1]);

        assertThatThrownBy(() -> workspace.read("none", 1)).hasMessage("there is no 'none' in the workspace");
        assertThatThrownBy(() -> workspace.read("folder", 1)).hasMessageContaining("a folder");
        assertThatThrownBy(() -> workspace.write("folder", new byte[1])).hasMessageContaining("a folder");
        assertThatThrownBy(() -> workspace.list("file", 1)).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> workspace.write("file/x", new byte[1])).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> workspace.write("x".repeat(300), new byte[1]))
                .isInstanceOf(IOException.class)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("/proc/", temporary.toString()));
    }

    @Test
    void refusesToOutgrowTheQuota() throws Exception {
        workspace.write("file", new byte[900_000]);

        assertThatThrownBy(() -> workspace.write("more", new byte[200_000]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("full")
                .hasMessageContaining("1048576");
    }

    @Test
    void isNotLedOutByAFolderThatTurnsIntoALinkMeanwhile() throws Exception {
        Path turning = root.resolve("turning");
        Path real = Files.createDirectory(root.resolve("real"));
        Files.writeString(real.resolve("secret"), "of the agent");
        AtomicBoolean done = new AtomicBoolean();
        Thread agent = Thread.ofPlatform().start(() -> turn(turning, real, done));
        try {
            for (int i = 0; i < 3000; i++) {
                try {
                    assertThat(workspace.read("turning/secret", 100).bytes())
                            .asString(UTF_8)
                            .isEqualTo("of the agent");
                    workspace.write("turning/planted", new byte[1]);
                } catch (PathRefused | IOException e) {
                    // Seen as a link, or in the moment between.
                }
            }
        } finally {
            done.set(true);
            agent.join();
        }
        assertThat(temporary.resolve("planted")).doesNotExist();
    }

    /** What an agent would do: a folder, a link out, a folder, ... under the same name. */
    private void turn(Path turning, Path real, AtomicBoolean done) {
        try {
            while (!done.get()) {
                Files.move(real, turning);
                Files.move(turning, real);
                Files.createSymbolicLink(turning, temporary);
                Files.delete(turning);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
