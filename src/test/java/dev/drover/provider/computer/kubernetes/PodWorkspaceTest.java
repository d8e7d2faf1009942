package dev.drover.provider.computer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.Workspace.Bounds;
import dev.drover.core.computer.Workspace.Entry;
import dev.drover.core.computer.Workspace.Node;
import dev.drover.core.computer.Workspace.PathRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that only a pod has must look as those of this host do. */
@Timeout(120)
class PodWorkspaceTest {
    @TempDir
    Path folder;

    private TestingPods pods;
    private Computer computer;
    private Workspace workspace;

    @BeforeEach
    void make() throws Exception {
        pods = TestingPods.in(folder);
        computer = pods.computers().open(TestingSpecs.spec());
        workspace = computer.workspace();
    }

    @AfterEach
    void remove() {
        if (computer != null) {
            computer.close();
        }
        if (pods != null) {
            pods.close();
        }
    }

    private void inside(String command) throws Exception {
        Execution ended = computer.run(command, Duration.ofSeconds(30));
        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
    }

    private String text(String path) throws Exception {
        return new String(workspace.read(path, 1000).bytes(), UTF_8);
    }

    @Test
    void refusesWhatLeadsOutside() throws Exception {
        inside("mkdir a; ln -s /etc out; ln -s /proc proc; ln -s /etc/passwd file-out; ln -s .. up; ln -s loop loop");

        for (String path : new String[] {
            "",
            "..",
            "../secret",
            "a/../../x",
            "/",
            "/etc/passwd",
            "/workspace/../x",
            "a\0b",
            "/workspacex/file",
            "out/passwd",
            "file-out",
            "/workspace/out/passwd",
            "up/x",
            "loop",
            "proc/version"
        }) {
            assertThatThrownBy(() -> workspace.read(path, 10)).as(path).isInstanceOf(PathRefused.class);
            assertThatThrownBy(() -> workspace.write(path, new byte[1]))
                    .as(path)
                    .isInstanceOf(PathRefused.class);
            assertThatThrownBy(() -> workspace.list(path, 10)).as(path).isInstanceOf(PathRefused.class);
        }
    }

    @Test
    void readsAndWritesByAllSpellingsOfAPathInside() throws Exception {
        workspace.write("a/b/c", "text".getBytes(UTF_8));
        inside("ln -s a/b link; ln -s /workspace/a absolute; ln -s ../a/b/c a/back");

        for (String path : new String[] {
            "a/b/c",
            "./a//b/./c",
            "a/b/../b/c",
            "/workspace/a/b/c",
            "/home/developer/a/b/c",
            "link/c",
            "absolute/b/c",
            "a/back",
            "link/../b/c"
        }) {
            assertThat(text(path)).as(path).isEqualTo("text");
        }
        workspace.write("a/back", "new".getBytes(UTF_8));
        assertThat(text("a/b/c")).isEqualTo("new");
        inside("test -L a/back");
        assertThat(workspace.stat("absolute/b").path()).isEqualTo("a/b");
    }

    @Test
    void keepsModesAndLeavesNothingBeside() throws Exception {
        inside("echo old > script; chmod 750 script");
        workspace.write("script", "new".getBytes(UTF_8));
        workspace.writePrivate("secret", "s".getBytes(UTF_8));
        workspace.writeProgram("program", new ByteArrayInputStream("p".getBytes(UTF_8)), 1);

        assertThat(computer.run("stat -c '%a %n' * .d* 2>/dev/null", Duration.ofSeconds(9))
                        .stdout())
                .isEqualTo("755 program\n750 script\n600 secret\n");
        assertThat(workspace.list(".", 2).entries())
                .containsExactly(new Entry("program", 1, false), new Entry("script", 3, false));
        assertThat(workspace.list(".", 2).truncated()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAPath() throws Exception {
        inside("echo x > file; mkdir folder; mkfifo pipe");

        assertThatThrownBy(() -> workspace.read("none", 1))
                .isInstanceOf(Workspace.Missing.class)
                .hasMessage("there is no 'none' in the workspace");
        assertThatThrownBy(() -> workspace.read("folder", 1)).hasMessage("'folder' is a folder, not a file");
        assertThatThrownBy(() -> workspace.write("folder", new byte[1])).hasMessageContaining("a folder");
        assertThatThrownBy(() -> workspace.list("file", 1)).hasMessage("'file' is a file, not a folder");
        assertThatThrownBy(() -> workspace.write("file/x", new byte[1])).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> workspace.read("pipe", 1)).hasMessageContaining("a pipe");
        assertThatThrownBy(() -> workspace.delete("folder")).hasMessageContaining("rmdir");
        assertThatThrownBy(() -> workspace.remove(".")).isInstanceOf(Workspace.WriteRefused.class);
    }

    @Test
    void listsATreeWithinItsBounds() throws Exception {
        inside("mkdir -p b/deep A .hidden; echo x > b/deep/f; echo yy > Z; echo z > c; ln -s b/deep d; ln -s /etc e");
        Workspace.Tree tree = workspace.tree(".", new Bounds(false, 2, 100));

        assertThat(tree.children()).extracting(Node::name).containsExactly("A", "b", "d", "c", "Z");
        assertThat(tree.children().get(1).children()).extracting(Node::path).containsExactly("b/deep");
        assertThat(tree.truncated()).isFalse();
        assertThat(workspace.tree(".", new Bounds(false, 3, 5)).truncated()).isTrue();
        assertThat(workspace.find(".", path -> path.endsWith("f") || path.equals("Z"), 100))
                .containsExactly(new Entry("Z", 3, false), new Entry("b/deep/f", 2, false));
        assertThat(workspace.remove("b").files()).isEqualTo(1);
        assertThat(workspace.find("b", path -> true, 100)).isEmpty();
    }

    @Test
    void holdsAnOpenFileWhateverBecomesOfItsName() throws Exception {
        inside("head -c 200000 /dev/zero > big; echo tail >> big");
        try (Workspace.Opened opened = workspace.open("big")) {
            inside("rm big; echo other > big");
            ByteBuffer bytes = ByteBuffer.allocate(10);

            assertThat(opened.stat().size()).isEqualTo(200_005);
            opened.bytes().position(200_000);
            assertThat(opened.bytes().read(bytes)).isEqualTo(5);
            assertThat(new String(bytes.array(), 0, 5, UTF_8)).isEqualTo("tail\n");
            assertThat(opened.bytes().read(bytes)).isEqualTo(-1);
        }
    }

    @Test
    void writesNothingThatARuleRefusesWhereverAPathLeads() throws Exception {
        inside("mkdir -p real; ln -s real link");
        Workspace guarded = workspace.guarded(path -> {
            if (path.startsWith("real/")) {
                throw new Workspace.WriteRefused("'" + path + "' is not to be written");
            }
        });

        assertThatThrownBy(() -> guarded.write("link/new/file", new byte[1]))
                .hasMessage("'real/new/file' is not to be written");
        assertThatThrownBy(() -> guarded.write("real/x", new byte[1])).isInstanceOf(Workspace.WriteRefused.class);
        guarded.write("free", new byte[1]);
        assertThat(workspace.list("real", 10).entries()).isEmpty();
    }

    @Test
    void hearsARefusalAlthoughItHadMuchToSay() {
        byte[] much = new byte[3_000_000];

        assertThatThrownBy(() -> workspace.write(".", much))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a folder");
    }
}
