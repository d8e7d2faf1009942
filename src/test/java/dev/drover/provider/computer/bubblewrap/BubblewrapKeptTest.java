package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.computer.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent does in a computer of its own for a long time must not reach the host or its neighbours. */
@Timeout(180)
class BubblewrapKeptTest {
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private TestingBubblewrap bubblewrap;

    @BeforeEach
    void make() throws Exception {
        bubblewrap = TestingBubblewrap.in(folder);
        assumeTrue(
                ControlGroups.ofThisHost("test" + ProcessHandle.current().pid()).isPresent(),
                "needs control groups that this user may write to");
    }

    @AfterEach
    void remove() {
        bubblewrap.close();
    }

    private Computer open(ComputerSpec spec) throws Exception {
        return bubblewrap.computers().open(spec);
    }

    private static String out(Computer computer, String command) throws Exception {
        return computer.run(command, ENOUGH).stdout().strip();
    }

    @Test
    void staysUpThroughBombsAndHarmsNobody() throws Exception {
        try (Computer computer = open(TestingSpecs.kept());
                Computer neighbour = open(TestingSpecs.kept())) {
            computer.run("{ f() { f | f & }; f; } & exec sleep 60", Duration.ofSeconds(1));
            assertThat(computer.run("perl -e '$x = \"x\" x 400_000_000; print length $x'", ENOUGH)
                            .exitCode())
                    .isEqualTo(137);
            assertThatThrownBy(() -> computer.run("while :; do cat /dev/zero >> a; cat /dev/zero >> b; done", ENOUGH))
                    .isInstanceOf(ComputerFailure.class)
                    .hasMessageContaining("full");

            assertThat(out(neighbour, "echo fine")).isEqualTo("fine");
            assertThat(computer.isUp()).isTrue();
            assertThat(out(computer, "rm -f a b; echo fine too")).isEqualTo("fine too");
        }
    }

    @Test
    void holdsAHundredThousandFilesAndAGigabyte() throws Exception {
        ComputerSpec large =
                TestingSpecs.with(TestingSpecs.kept(), new ComputerSpec.Limits(256 << 20, 2, 64, 4L << 30));
        try (Computer computer = open(large)) {
            Execution filled = computer.run(
                    "perl -e 'for (1..100) { mkdir \"d$_\"; for my $f (1..1000) { open my $x, \">\", \"d$_/$f\" } }';"
                            + " head -c 1073741824 /dev/zero > large",
                    ENOUGH);
            assertThat(filled.exitCode()).as(filled.stderr()).isZero();

            assertThat(computer.workspace().stat("large").size()).isEqualTo(1L << 30);
            assertThat(computer.workspace()
                            .tree(".", new Workspace.Bounds(false, 10, 10_000))
                            .truncated())
                    .isTrue();
            // As last counted, for to count so many files takes its time.
            assertThat(computer.stats().diskBytes()).isBetween(1L, 2L << 30);
            computer.stop(Duration.ZERO);
        }
        assertThat(bubblewrap.folder().resolve(large.agent().toString())).doesNotExist();
    }

    @Test
    void keepsAgentsApartAlthoughOneKnowsWhereTheOthersFilesAre() throws Exception {
        try (Computer one = open(TestingSpecs.kept())) {
            ComputerSpec neighbour = TestingSpecs.kept();
            try (Computer other = open(neighbour)) {
                out(one, "echo mine > secret; chmod 777 . secret");
                Path theirs = bubblewrap.folder().resolve(neighbour.agent().toString());

                assertThat(out(other, "find / -name secret 2>/dev/null; ls " + theirs + " 2>/dev/null"))
                        .isEmpty();
                assertThat(out(other, "find / -type s 2>/dev/null; ls -A /run | grep -v '^drover$'"))
                        .as("sockets of the host")
                        .isEmpty();
                assertThat(Files.getAttribute(theirs.resolve("workspace"), "unix:uid"))
                        .isEqualTo(Integer.valueOf(other.isolation().facts().getOrDefault("uid", "0")));
            }
        }
    }

    @Test
    void opensOnlyToThoseInWhoseComputersAFolderInCommonIs() throws Exception {
        ComputerSpec giver = TestingSpecs.kept();
        Layout offers = Layout.KEPT.with(List.of(new Layout.Mount(giver.agent(), "shared-out")));
        try (Computer one = open(TestingSpecs.with(giver, offers))) {
            out(one, "umask 077; echo mine > shared-out/file; chmod 777 shared-out");
            Path shared = bubblewrap.folder().resolve(giver.agent().toString()).resolve("shared");

            assertThat((Integer) Files.getAttribute(shared.resolve("file"), "unix:mode") & 0777)
                    .isEqualTo(0660);
            assertThat(Files.getAttribute(shared, "unix:gid")).isEqualTo(Files.getAttribute(shared, "unix:uid"));
        }
    }

    @Test
    void tellsInItsIsolationThatItsHomeCanOnlyBeRead() throws Exception {
        ComputerSpec spec = TestingSpecs.with(TestingSpecs.kept(), Layout.KEPT.readOnly(List.of("output/")));
        try (Computer computer = open(spec)) {
            assertThat(computer.isolation().facts()).containsEntry("home", "read-only");
            assertThat(out(computer, "awk '$5 ~ /developer/ { print $5, substr($6, 1, 2) }' /proc/self/mountinfo"))
                    .startsWith("/home/developer ro\n")
                    .contains("/home/developer/output rw");
        }
    }

    @Test
    void opensNothingOfTheHostWhenAFolderTurnsIntoALinkAtTheVeryMoment() throws Exception {
        ComputerSpec spec = TestingSpecs.with(TestingSpecs.kept(), Layout.KEPT.readOnly(List.of("output/")));
        open(spec).stop(Duration.ZERO);
        Path output = bubblewrap.folder().resolve(spec.agent().toString()).resolve("workspace/output");
        Path hosts = Files.createDirectory(folder.resolve("host"));
        Files.writeString(hosts.resolve("secret"), "host only");
        AtomicBoolean over = new AtomicBoolean();
        Thread juggler = Thread.ofPlatform().start(() -> juggle(output, hosts, over));
        try {
            for (int i = 0; i < 20; i++) {
                Computer computer;
                try {
                    computer = open(spec);
                } catch (ComputerFailure e) {
                    continue; // seen in time
                }
                assertThat(out(computer, "cat output/secret")).isEmpty();
                computer.stop(Duration.ZERO);
            }
        } finally {
            over.set(true);
            juggler.join();
        }
    }

    private static void juggle(Path output, Path hosts, AtomicBoolean over) {
        boolean link = false;
        while (!over.get()) {
            try {
                link = !link;
                Files.deleteIfExists(output);
                if (link) {
                    Files.createSymbolicLink(output, hosts);
                } else {
                    Files.createDirectory(output);
                }
                Thread.sleep(3);
            } catch (IOException | InterruptedException e) {
                // The server has made the folder anew; so once more.
            }
        }
    }
}
