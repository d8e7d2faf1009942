package dev.drover.provider.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.CommonFolder;
import dev.drover.core.computer.Owner;
import dev.drover.core.id.AgentId;
import dev.drover.testing.TestingFolders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TarFilesTest {
    private static final String HOME = "computers/01a2056c-9557-7000-a0a0-a1fe42429342/workspace";

    private final Path from = TestingFolders.create();
    private final Path to = TestingFolders.create();

    @BeforeEach
    void furnish() throws IOException {
        Files.createDirectories(from.resolve(HOME));
    }

    @AfterEach
    void delete() throws IOException {
        TestingFolders.delete(from);
        TestingFolders.delete(to);
    }

    private List<String> moved() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        List<String> leftOut = new TarFiles(from).pack(archive);
        new TarFiles(to).unpack(new ByteArrayInputStream(archive.toByteArray()));
        return leftOut;
    }

    private Path write(String path, String text) throws IOException {
        Path file = from.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void keepsFilesWithTheirModesOwnersAndTimes() throws IOException {
        Path key = write("operator.key", "a secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path note = write(HOME + "/sub/ein Übel\n mit Zeile.txt", "kept");
        Path closed = Files.createDirectory(from.resolve(HOME + "/closed"));
        write(HOME + "/closed/inside", "still there");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
        Files.setLastModifiedTime(note, FileTime.from(Instant.parse("2020-02-02T02:02:02.123456Z")));

        assertThat(moved()).isEmpty();

        assertThat(Files.getPosixFilePermissions(to.resolve("operator.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Path found = to.resolve(from.relativize(note));
        assertThat(found).hasContent("kept");
        assertThat(Files.getLastModifiedTime(found)).isEqualTo(Files.getLastModifiedTime(note));
        assertThat(to.resolve(HOME + "/closed/inside")).hasContent("still there");
        assertThat(Files.getPosixFilePermissions(to.resolve(HOME + "/closed")))
                .isEqualTo(PosixFilePermissions.fromString("r-x------"));
    }

    @Test
    void givesAgentsTheirFilesBack() throws IOException {
        Assumptions.assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "needs root");
        Path note = write(HOME + "/note", "mine");
        Files.setAttribute(note, "unix:uid", 2_042_468);
        Files.setAttribute(note, "unix:gid", 2_042_468);

        moved();

        assertThat(Files.getAttribute(to.resolve(HOME + "/note"), "unix:uid")).isEqualTo(2_042_468);
        assertThat(Files.getAttribute(to.resolve(HOME + "/note"), "unix:gid")).isEqualTo(2_042_468);
    }

    @Test
    void neverFollowsALinkOut() throws IOException {
        Path outside = Files.writeString(to.resolveSibling(to.getFileName() + ".outside"), "not the agent's");
        Files.createSymbolicLink(from.resolve(HOME + "/link"), outside);
        Files.createSymbolicLink(from.resolve(HOME + "/folder"), Path.of("/etc"));

        assertThat(moved()).isEmpty();

        assertThat(Files.readSymbolicLink(to.resolve(HOME + "/link"))).isEqualTo(outside);
        assertThat(Files.readSymbolicLink(to.resolve(HOME + "/folder"))).isEqualTo(Path.of("/etc"));
        Files.delete(outside);
    }

    @Test
    void passesOverSocketsAndIsNotHeldByAPipe() throws IOException, InterruptedException {
        write(HOME + "/note", "kept");
        assertThat(new ProcessBuilder("mkfifo", from.resolve(HOME + "/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(from.resolve(HOME + "/socket")));

            assertThat(moved()).isEmpty();
        }

        assertThat(to.resolve(HOME + "/note")).hasContent("kept");
        assertThat(Files.exists(to.resolve(HOME + "/socket"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void leavesOutWhatIsMadeAnew() throws IOException {
        List<String> made = List.of(
                "db/PG_VERSION",
                "postgres-18.6.0/bin/postgres",
                "postgres.log",
                "database.password",
                "drover.lock",
                "server.url",
                "native/minilm/lib.so",
                "computers/system/filter.bpf",
                "computers/01a2056c/run/door",
                "computers/01a2056c/staging/half");
        for (String path : made) {
            write(path, "x");
        }
        write("computers/01a2056c/workspace/run/mine", "x");
        write("mcp.json", "{}");
        // Without it a server would take the homes for those of another, and clear them away.
        write("installation.id", "x");
        write("skills/greeting/SKILL.md", "x");

        moved();

        assertThat(made.stream().filter(path -> Files.exists(to.resolve(path)))).isEmpty();
        assertThat(to.resolve("computers/01a2056c/workspace/run/mine")).exists();
        assertThat(to.resolve("mcp.json")).exists();
        assertThat(to.resolve("installation.id")).exists();
        assertThat(to.resolve("skills/greeting/SKILL.md")).exists();
    }

    @Test
    void aFileOfHolesStaysOne() throws IOException {
        Path sparse = from.resolve(HOME + "/sparse");
        try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {7}), 3L << 30);
        }
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        new TarFiles(from).pack(archive);

        new TarFiles(to).unpack(new ByteArrayInputStream(archive.toByteArray()));

        assertThat(archive.size()).isLessThan(1 << 20);
        assertThat(Files.size(to.resolve(HOME + "/sparse"))).isEqualTo((3L << 30) + 1);
    }

    /** The folder that agents share lets everybody of a group write whatever somebody makes in it. */
    @Test
    void keepsAccessListsOfSharedFolders() throws IOException {
        AgentFolder agent = AgentFolder.of(
                from.resolve("computers"), new AgentId(UUID.fromString("01a2056c-9557-7000-a0a0-a1fe42429342")));
        CommonFolder.make(agent, new Owner.Shared());

        moved();

        Path made =
                Files.writeString(to.resolve(from.relativize(agent.shared())).resolve("made"), "x");
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
    }

    @Test
    void anArchiveThatIsCutIsNotTakenForPutBack() throws IOException {
        write("note", "x".repeat(100_000));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        new TarFiles(from).pack(archive);

        assertThatThrownBy(() -> new TarFiles(to).unpack(new ByteArrayInputStream(archive.toByteArray(), 0, 50_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tar gave up");
    }

    @Test
    void aReaderThatGoesAwayLeavesNoProgramBehind() throws IOException {
        write("note", "x".repeat(10_000_000));
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> new TarFiles(from).pack(gone)).hasMessage("gone");

        assertThat(ProcessHandle.current()
                        .children()
                        .filter(ProcessHandle::isAlive)
                        .toList())
                .noneMatch(child -> child.info().command().orElse("").endsWith("/tar"));
    }
}
