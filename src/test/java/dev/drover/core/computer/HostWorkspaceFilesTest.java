package dev.drover.core.computer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.Workspace.Bounds;
import dev.drover.core.computer.Workspace.Missing;
import dev.drover.core.computer.Workspace.Node;
import dev.drover.core.computer.Workspace.PathRefused;
import dev.drover.core.computer.Workspace.WriteRefused;
import dev.drover.core.computer.Workspace.WrongKind;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees, open files, deleted folders and rules of a workspace in whose folder somebody may mean ill. */
@Timeout(120)
class HostWorkspaceFilesTest {
    private static final Bounds ALL = new Bounds(true, Integer.MAX_VALUE, 10_000);

    @TempDir
    Path temporary;

    private AgentFolder folder;
    private Path root;
    private Path secret;
    private HostWorkspace workspace;

    @BeforeEach
    void make() throws IOException {
        folder = AgentFolder.of(temporary, new AgentId(UUID.randomUUID()));
        root = Files.createDirectories(folder.workspace());
        Files.createDirectories(folder.staging());
        secret = Files.writeString(temporary.resolve("secret"), "of the host");
        workspace = new HostWorkspace(folder, new Owner.Shared(), new WorkspaceQuota(root, 2L << 30));
    }

    private void write(String... paths) throws Exception {
        for (String path : paths) {
            workspace.write(path, path.getBytes(UTF_8));
        }
    }

    private static List<String> paths(List<Node> nodes) {
        return nodes.stream().map(Node::path).toList();
    }

    @Test
    void listsFoldersBeforeFilesByLowerCasedName() throws Exception {
        write("b.txt", "A.txt", "Zoo/x", "ant/Y", "ant/a/deep", "ant/b");

        Workspace.Tree tree = workspace.tree(".", ALL);

        assertThat(paths(tree.children())).containsExactly("ant", "Zoo", "A.txt", "b.txt");
        assertThat(paths(tree.children().getFirst().children())).containsExactly("ant/a", "ant/b", "ant/Y");
        assertThat(tree.children().getFirst().files()).isEqualTo(3);
        assertThat(tree.children().getLast().size()).isEqualTo(5);
        assertThat(tree.truncated()).isFalse();
        assertThat(paths(workspace.tree("ant", ALL).children())).containsExactly("ant/a", "ant/b", "ant/Y");
        assertThat(workspace.tree("ant/../ant", ALL).stat().path()).isEqualTo("ant");
    }

    @Test
    void keepsToItsBounds() throws Exception {
        write("a/b/c/file", ".hidden/x", ".dot", "z");

        assertThat(paths(workspace.tree(".", new Bounds(false, 9, 99)).children()))
                .containsExactly("a", "z");
        assertThat(workspace
                        .tree(".", new Bounds(false, 1, 99))
                        .children()
                        .getFirst()
                        .children())
                .isEmpty();
        assertThat(workspace.tree(".", new Bounds(false, 1, 99)).truncated()).isFalse();
        assertThat(workspace.tree(".", new Bounds(true, 9, 3)).truncated()).isTrue();
        assertThat(paths(workspace.tree(".", new Bounds(true, 9, 3)).children()))
                .containsExactly(".hidden", "a", ".dot");
    }

    @Test
    void showsWhatLinksInsideLeadToAndNothingElse() throws Exception {
        write("real/file");
        Files.createSymbolicLink(root.resolve("to-file"), Path.of("real/file"));
        Files.createSymbolicLink(root.resolve("to-folder"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("real/round"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("out"), secret);
        Files.createSymbolicLink(root.resolve("nowhere"), Path.of("none"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        Workspace.Tree tree = workspace.tree(".", ALL);

        assertThat(paths(tree.children())).containsExactly("real", "to-folder", "to-file");
        assertThat(tree.children().get(1).children()).isEmpty();
        assertThat(tree.children().get(2).size()).isEqualTo(9);
        assertThat(paths(tree.children().getFirst().children())).containsExactly("real/round", "real/file");
    }

    @Test
    void boundsAHundredThousandFiles() throws Exception {
        Path many = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < 100_000; i++) {
            Files.createFile(many.resolve("file-" + i));
        }
        write("zz/after");
        long start = System.nanoTime();

        Workspace.Tree tree = workspace.tree(".", new Bounds(false, 99, 10_000));

        // Two seconds by the contract, on a machine with nothing else to do.
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        assertThat(tree.truncated()).isTrue();
        assertThat(paths(tree.children())).containsExactly("many", "zz");
        assertThat(tree.children().getFirst().files()).isBetween(9_990, 10_000);
    }

    @Test
    void opensAFileAsItIsAndHoldsIt() throws Exception {
        write("file");
        Files.createSymbolicLink(root.resolve("link"), Path.of("file"));

        try (Workspace.Opened opened = workspace.open("link")) {
            workspace.write("file", "another".getBytes(UTF_8));
            ByteBuffer bytes = ByteBuffer.allocate(99);
            assertThat(opened.bytes().read(bytes)).isEqualTo(4);
            assertThat(opened.stat().path()).isEqualTo("file");
            assertThat(opened.stat().size()).isEqualTo(4);
        }
    }

    @Test
    void opensAFileOfAGigabyteThatTakesNoRoom() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        try (Workspace.Opened opened = workspace.open("sparse")) {
            assertThat(opened.stat().size()).isEqualTo(1L << 30);
            opened.bytes().position((1L << 30) - 1);
            assertThat(opened.bytes().read(ByteBuffer.allocate(10))).isEqualTo(1);
        }
    }

    @Test
    void saysWhichWayAPathIsWrong() throws Exception {
        write("file", "folder/x");
        Files.createSymbolicLink(root.resolve("out"), temporary);

        assertThatThrownBy(() -> workspace.open("none")).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> workspace.open("file/x")).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> workspace.open("x".repeat(5000))).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> workspace.open("folder")).isInstanceOf(WrongKind.class);
        assertThatThrownBy(() -> workspace.tree("file", ALL)).isInstanceOf(WrongKind.class);
        assertThatThrownBy(() -> workspace.open("out/secret")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.stat("../secret")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.remove("../secret")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.remove("out/secret")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.stat("/home/developer2/x")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> workspace.stat("a\0b")).isInstanceOf(PathRefused.class);
    }

    @Test
    void takesAnyNameThatAFileCanHave() throws Exception {
        Assumptions.assumeTrue(
                "UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs a locale with UTF-8: LC_ALL=C.UTF-8");
        List<String> names =
                List.of("line\nbreak", "say \"hi\"", "100%", "it's", "ü€日本😀", " lead", "back\\slash", "-rf", "*?[x]");
        for (String name : names) {
            write(name);
        }

        assertThat(paths(workspace.tree(".", ALL).children())).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(workspace.stat(name).name()).isEqualTo(name);
            assertThat(workspace.remove(name).files()).isEqualTo(1);
        }
        assertThat(workspace.tree(".", ALL).children()).isEmpty();
    }

    @Test
    void deletesAFolderWithAllInItAndNothingThroughALink() throws Exception {
        write("gone/a", "gone/b/c", "stays");
        Files.createSymbolicLink(root.resolve("gone/out"), temporary);
        Files.createSymbolicLink(root.resolve("link"), Path.of("gone"));
        Path deep = root.resolve("gone");
        for (int i = 0; i < 150; i++) {
            deep = Files.createDirectory(deep.resolve("deep"));
        }

        assertThat(workspace.remove("link")).isEqualTo(new Workspace.Removed("link", false, 1));
        assertThat(workspace.remove("gone")).isEqualTo(new Workspace.Removed("gone", true, 2));
        assertThat(root.resolve("gone")).doesNotExist();
        assertThat(secret).exists();
        assertThat(folder.staging()).isEmptyDirectory();
        assertThat(root.resolve("stays")).exists();
    }

    @Test
    void neverDeletesTheWorkspaceItself() throws Exception {
        write("a/b");

        for (String path : new String[] {".", "/workspace", "a/..", "./"}) {
            assertThatThrownBy(() -> workspace.remove(path)).as(path).isInstanceOf(WriteRefused.class);
        }
        assertThat(root.resolve("a/b")).exists();
    }

    @Test
    void writesSecretsForNobodyElse() throws Exception {
        Path old = Files.writeString(root.resolve("old"), "x");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-rw-"));

        workspace.writePrivate("old", new byte[1]);
        workspace.writePrivate("a/new", new byte[1]);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a/new"))))
                .isEqualTo("rw-------");
    }

    @Test
    void judgesWhereAPathReallyLeads() throws Exception {
        write("out/there", "main.py");
        Files.createSymbolicLink(root.resolve("out/trick"), Path.of("../main.py"));
        Files.createSymbolicLink(root.resolve("out/up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("good"), Path.of("out/there"));
        Workspace guarded = workspace.guarded(path -> {
            if (!path.startsWith("out/")) {
                throw new WriteRefused(path);
            }
        });

        guarded.write("out/new/er", new byte[1]);
        guarded.write("good", new byte[1]);
        guarded.writePrivate("out/secret", new byte[1]);
        guarded.delete("out/trick");
        Files.createSymbolicLink(root.resolve("out/trick"), Path.of("../main.py"));
        assertThatThrownBy(() -> guarded.write("out/trick", new byte[1])).hasMessage("main.py");
        assertThatThrownBy(() -> guarded.write("out/up/main.py", new byte[1])).hasMessage("main.py");
        assertThatThrownBy(() -> guarded.write("other/x/../../out/x", new byte[1]))
                .isInstanceOf(WriteRefused.class);
        assertThatThrownBy(() -> guarded.delete("main.py")).isInstanceOf(WriteRefused.class);
        assertThatThrownBy(() -> guarded.remove("out")).isInstanceOf(WriteRefused.class);
        assertThat(guarded.remove("out/new").folder()).isTrue();
        assertThat(root.resolve("other")).doesNotExist();
        assertThat(Files.readString(root.resolve("main.py"))).isEqualTo("main.py");
    }
}
