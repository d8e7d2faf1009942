package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.TestingSpecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bombs: what an agent takes too much of is refused to it, and nobody else notices. */
@Timeout(120)
class BubblewrapLimitsTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final String MEMORY_BOMB = "perl -e '$x = \"x\" x 400_000_000; print length $x'";

    @TempDir
    Path folder;

    @Test
    void boundsAForkBombAndEndsIt() throws Exception {
        try (TestingBubblewrap bubblewrap = grouped();
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec());
                Computer neighbour = bubblewrap.computers().open(TestingSpecs.spec())) {
            // The waiting itself needs no new process but one, before the bomb goes off: there may be none left then.
            Execution bomb = computer.run("{ f() { f | f & }; f; } & exec sleep 60", Duration.ofSeconds(1));

            assertThat(bomb.timedOut()).isTrue();
            assertThat(neighbour.run("echo fine", ENOUGH).stdout()).isEqualTo("fine\n");
            assertThat(computer.run("echo fine too", ENOUGH).stdout()).isEqualTo("fine too\n");
            assertThat(computer.stats().processes()).isLessThanOrEqualTo(TestingSpecs.LIMITS.processes());
        }
    }

    @Test
    void killsTheCommandThatTakesTooMuchMemoryAndNothingElse() throws Exception {
        try (TestingBubblewrap bubblewrap = grouped();
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec())) {
            computer.run("(sleep 60; echo never) & echo $! > pid", ENOUGH);

            assertThat(computer.run(MEMORY_BOMB, ENOUGH).exitCode()).isEqualTo(137);
            assertThat(computer.run("kill -0 $(cat pid)", ENOUGH).exitCode()).isZero();
            assertThat(computer.run("head -c 400000000 /dev/zero > /tmp/flood", ENOUGH)
                            .exitCode())
                    .isNotZero();
        }
    }

    @Test
    void refusesMemoryToAProcessWhereThereAreNoControlGroupsAndSaysWhichLimitsHold() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder, false);
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec())) {
            assertThat(computer.run(MEMORY_BOMB, ENOUGH).exitCode()).isNotZero();
            assertThat(computer.isolation().facts())
                    .containsEntry("memory", "rlimit per process " + TestingSpecs.LIMITS.memoryBytes())
                    .containsEntry("cpu", "unlimited");
            assertThat(computer.stats().processes()).isBetween(3, 10);
        }
    }

    @Test
    void tellsTheLimitsInForce() throws Exception {
        try (TestingBubblewrap bubblewrap = grouped();
                Computer computer = bubblewrap.computers().open(TestingSpecs.spec())) {
            Map<String, String> facts = computer.isolation().facts();

            assertThat(facts.get("memory")).matches("cgroup-v[12] " + TestingSpecs.LIMITS.memoryBytes());
            assertThat(facts.get("cpu")).matches("cgroup-v[12] 1.0");
            assertThat(facts.get("processes")).matches("cgroup-v[12] " + TestingSpecs.LIMITS.processes());
            assertThat(facts.get("disk")).isEqualTo("watched " + TestingSpecs.LIMITS.diskBytes());
            assertThat(facts)
                    .containsEntry("capabilities", "none")
                    .containsEntry("no_new_privs", "1")
                    .containsEntry("seccomp", "filter")
                    .containsEntry("network", "none")
                    .containsEntry("namespaces", "user,mnt,pid,net,ipc,uts,cgroup");
        }
    }

    @Test
    void letsNoSingleFileOutgrowTheQuota() throws Exception {
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder);
                Computer computer = bubblewrap.computers().open(TestingSpecs.withDisk(1 << 20))) {
            Execution ended = computer.run("head -c 100000000 /dev/zero > file; stat -c %s file; rm file", ENOUGH);

            assertThat(ended.stdout()).isEqualTo("1048576\n");
        }
    }

    private TestingBubblewrap grouped() throws Exception {
        TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder);
        assumeTrue(
                ControlGroups.ofThisHost("test" + ProcessHandle.current().pid()).isPresent(),
                "needs control groups that this user may write to");
        assertThat(Files.exists(bubblewrap.folder())).isTrue();
        return bubblewrap;
    }
}
