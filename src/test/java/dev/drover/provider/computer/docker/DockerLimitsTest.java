package dev.drover.provider.computer.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.TestingSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a container may take, and what it is kept from. */
@Timeout(120)
class DockerLimitsTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final String MEMORY_BOMB = "perl -e '$x = \"x\" x 400_000_000; print length $x'";

    @TempDir
    Path folder;

    private DockerComputers computers;

    @BeforeEach
    void make() throws Exception {
        computers = TestingEngine.shared().computers(folder, "limits", 0);
    }

    @AfterEach
    void remove() {
        if (computers != null) {
            computers.sweep(Set.of());
            computers.close();
        }
    }

    @Test
    void tellsTheLimitsInForce() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.spec())) {
            assertThat(computer.isolation().facts())
                    .containsEntry("memory", "engine " + TestingSpecs.LIMITS.memoryBytes())
                    .containsEntry("cpu", "engine 1.0")
                    .containsEntry("processes", "engine " + TestingSpecs.LIMITS.processes())
                    .containsEntry("disk", "watched " + TestingSpecs.LIMITS.diskBytes())
                    .containsEntry("capabilities", "none")
                    .containsEntry("no_new_privs", "1")
                    .containsEntry("seccomp", "filter")
                    .containsEntry("network", "none")
                    .containsEntry("system", "read-only");
            assertThat(computer.isolation().facts().get("container")).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void boundsAForkBombAndEndsIt() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.spec());
                Computer neighbour = computers.open(TestingSpecs.spec())) {
            Execution bomb = computer.run("{ f() { f | f & }; f; } & exec sleep 60", Duration.ofSeconds(1));

            assertThat(bomb.timedOut()).isTrue();
            assertThat(neighbour.run("echo fine", ENOUGH).stdout()).isEqualTo("fine\n");
            assertThat(computer.run("echo fine too", ENOUGH).stdout()).isEqualTo("fine too\n");
        }
    }

    @Test
    void killsTheCommandThatTakesTooMuchMemoryAndNothingElse() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.spec())) {
            computer.run("(sleep 60; echo never) & echo $! > pid", ENOUGH);

            assertThat(computer.run(MEMORY_BOMB, ENOUGH).exitCode()).isEqualTo(137);
            assertThat(computer.run("kill -0 $(cat pid)", ENOUGH).exitCode()).isZero();
        }
    }

    @Test
    void letsNoSingleFileOutgrowTheQuota() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.withDisk(1 << 20))) {
            Execution ended = computer.run("head -c 100000000 /dev/zero > file; stat -c %s file; rm file", ENOUGH);

            assertThat(ended.stdout()).isEqualTo("1048576\n");
        }
    }

    @Test
    void hasASmallFolderForTemporaryFilesThatRunsNothing() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.spec())) {
            assertThat(computer.run("cp /bin/true /tmp/program; chmod +x /tmp/program; /tmp/program", ENOUGH)
                            .exitCode())
                    .isEqualTo(126);
            assertThat(computer.run(
                                    "for i in 1 2 3; do head -c 50000000 /dev/zero > /tmp/$i || echo full; done",
                                    ENOUGH)
                            .stdout())
                    .contains("full");
        }
    }

    @Test
    void canWriteNothingButItsHome() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.spec(Map.of("MARK", "inside")))) {
            for (String path : new String[] {
                "/usr/x",
                "/etc/x",
                "/x",
                "/run/x",
                "/run/drover/x",
                "/etc/passwd",
                "/etc/hosts",
                "/proc/sys/kernel/core_pattern",
                "/proc/sysrq-trigger",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes"
            }) {
                assertThat(computer.run("echo x > " + path, ENOUGH).exitCode())
                        .as(path)
                        .isNotZero();
            }
            assertThat(computer.run("mknod sda b 8 0; mount -t tmpfs none /mnt; unshare -U true; chroot . true", ENOUGH)
                            .exitCode())
                    .isNotZero();
            assertThat(computer.run("ls -A $HOME; ls /var/run/docker.sock /run/docker.sock", ENOUGH)
                            .stdout())
                    .isEmpty();
        }
    }

    @Test
    void hasTheImagesOwnVariablesAndNoneOfTheAgentsInSightOfTheEngine() throws Exception {
        try (Computer computer = computers.open(TestingSpecs.spec(Map.of("KEY", "hush-4715")))) {
            String container = computer.isolation().facts().getOrDefault("container", "none");
            EngineLine line = EngineLine.open(TestingEngine.shared().socket());

            assertThat(computer.run("echo $FLAVOUR $KEY", ENOUGH).stdout()).isEqualTo("local hush-4715\n");
            assertThat(line.client()
                            .inspectContainerCmd(container)
                            .exec()
                            .getConfig()
                            .getEnv())
                    .noneMatch(variable -> variable.contains("hush"));
            line.close();
        }
    }
}
