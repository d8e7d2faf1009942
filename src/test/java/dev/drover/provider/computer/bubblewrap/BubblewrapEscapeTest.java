package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.TestingSpecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways out of a computer that must be shut; most are system calls made directly, as an attacker would. */
@Timeout(120)
class BubblewrapEscapeTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestingBubblewrap bubblewrap;
    private static Computer computer;

    @BeforeAll
    static void open() throws Exception {
        bubblewrap = TestingBubblewrap.in(folder);
        computer = bubblewrap.computers().open(TestingSpecs.spec(Map.of("MARK", "inside")));
    }

    @AfterAll
    static void close() {
        if (computer != null) {
            computer.close();
            bubblewrap.close();
        }
    }

    private static Execution run(String command) throws Exception {
        return computer.run(command, ENOUGH);
    }

    /** The error number of a system call, 0 when it was allowed. */
    private static int errno(String arguments) throws Exception {
        Execution call = run("perl -e '($n, @a) = (" + arguments + "); $r = syscall($n, @a); print $r < 0 ? $!+0 : 0'");
        assertThat(call.exitCode()).as(call.stderr()).isZero();
        return Integer.parseInt(call.stdout());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mount | 165 | 40 | \"none\", \"/tmp\", \"tmpfs\", 0, 0",
                "umount2 | 166 | 39 | \"/proc\", 0",
                "pivot_root | 155 | 41 | \"/tmp\", \"/tmp\"",
                "chroot | 161 | 51 | \"/tmp\"",
                "open_tree | 428 | 428 | -100, \"/\", 1",
                "fsopen | 430 | 430 | \"tmpfs\", 0",
                "unshare a user namespace | 272 | 97 | 0x10000000",
                "unshare nothing | 272 | 97 | 0",
                "setns | 308 | 268 | 0, 0",
                "clone with a namespace | 56 | 220 | 0x10000011, 0, 0, 0, 0",
                "ptrace | 101 | 117 | 16, 1, 0, 0",
                "process_vm_readv | 310 | 270 | 1, 0, 0, 0, 0, 0",
                "process_vm_writev | 311 | 271 | 1, 0, 0, 0, 0, 0",
                "bpf | 321 | 280 | 0, 0, 0",
                "perf_event_open | 298 | 241 | 0, 0, -1, -1, 0",
                "keyctl | 250 | 219 | 0, -3, 0, 0, 0",
                "add_key | 248 | 217 | \"user\", \"a\", \"b\", 1, -3",
                "request_key | 249 | 218 | \"user\", \"a\", 0, -3",
                "kexec_load | 246 | 104 | 0, 0, 0, 0",
                "init_module | 175 | 105 | 0, 0, \"\"",
                "finit_module | 313 | 273 | 0, \"\", 0",
                "delete_module | 176 | 106 | \"a\", 0",
                "io_uring_setup | 425 | 425 | 1, 0",
                "io_uring_enter | 426 | 426 | 0, 0, 0, 0, 0, 0",
                "userfaultfd | 323 | 282 | 0",
                "swapon | 167 | 224 | \"/dev/null\", 0",
                "reboot | 169 | 142 | 0xfee1dead, 672274793, 0, 0",
                "open_by_handle_at | 304 | 265 | 0, 0, 0",
                "settimeofday | 164 | 170 | 0, 0",
                "clock_settime | 227 | 112 | 0, 0",
                "pidfd_getfd | 438 | 438 | 0, 0, 0",
                "syslog | 103 | 116 | 10, 0, 0",
                "TIOCSTI | 16 | 29 | 0, 0x5412, \"x\"",
            })
    void refusesTheCall(String name, String onX86, String onArm, String arguments) throws Exception {
        String number = Architecture.current() == Architecture.X86_64 ? onX86 : onArm;

        assertThat(errno(number + ", " + arguments)).as(name).isEqualTo(1);
    }

    @Test
    void answersThatCloneThreeAndYoungerCallsAreUnknown() throws Exception {
        assertThat(errno("435, 0, 0")).isEqualTo(38);
        assertThat(errno("999, 0")).isEqualTo(38);
    }

    @Test
    void hasNoSocketsThatKnowNoNetworkNamespace() throws Exception {
        String socket = Architecture.current() == Architecture.X86_64 ? "41" : "198";

        assertThat(errno(socket + ", 40, 1, 0")).as("vsock").isEqualTo(97);
        assertThat(errno(socket + ", 17, 3, 0")).as("packet").isEqualTo(97);
        assertThat(errno(socket + ", 38, 5, 0")).as("alg").isEqualTo(97);
        assertThat(errno(socket + ", 2, 1, 0")).as("inet").isZero();
    }

    @Test
    void cannotWriteTheHostsKernelSettings() throws Exception {
        String before = Files.readString(Path.of("/proc/sys/kernel/core_pattern"));
        run("echo '|/workspace/evil' > /proc/sys/kernel/core_pattern");
        run("echo 1 > /proc/sys/vm/drop_caches; echo b > /proc/sysrq-trigger");

        assertThat(run("echo 1 > /proc/sys/kernel/core_pattern").exitCode()).isNotZero();
        assertThat(Files.readString(Path.of("/proc/sys/kernel/core_pattern"))).isEqualTo(before);
    }

    @Test
    void cannotWriteTheSystemNorMakeDevices() throws Exception {
        for (String path :
                new String[] {"/usr/x", "/etc/x", "/x", "/dev/x", "/run/x", "/run/drover/x", "/etc/passwd"}) {
            assertThat(run("echo x > " + path).exitCode()).as(path).isNotZero();
        }
        assertThat(run("mknod /workspace/sda b 8 0").exitCode()).isNotZero();
        assertThat(run("mknod /workspace/mem c 1 1").exitCode()).isNotZero();
        assertThat(run("ls /dev").stdout().lines())
                .containsExactlyInAnyOrder(
                        "core", "fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout",
                        "tty", "urandom", "zero");
    }

    @Test
    void seesNothingOfTheHostsFiles() throws Exception {
        Path secret = Files.writeString(Files.createTempFile("secret", ""), "host only");
        try {
            for (String root :
                    new String[] {"", "/proc/self/root", "/proc/1/root", "/proc/self/cwd/..", "/proc/2/root"}) {
                assertThat(run("cat " + root + secret).stdout()).as(root).isEmpty();
            }
            assertThat(run("ls -A /").stdout().lines())
                    .isSubsetOf(
                            "bin",
                            "dev",
                            "etc",
                            "lib",
                            "lib32",
                            "lib64",
                            "libx32",
                            "proc",
                            "run",
                            "sbin",
                            "tmp",
                            "usr",
                            "var",
                            "workspace");
            assertThat(run("ls -A /home /root /sys /boot /mnt 2>/dev/null").stdout())
                    .isEmpty();
            assertThat(run("cat /etc/shadow /etc/ssl/private/* /etc/hostname").stdout())
                    .isEmpty();
        } finally {
            Files.delete(secret);
        }
    }

    @Test
    void runsNoForbiddenBinaryThroughTheLoaderEither() throws Exception {
        assertThat(run("$(ls /lib64/ld-linux* /lib/ld-linux* 2>/dev/null | head -1) /usr/bin/unshare -U true")
                        .exitCode())
                .isNotZero();
        assertThat(run("su -c id; sudo -n id; newgrp root").stdout()).doesNotContain("uid=0");
    }

    @Test
    void findsNothingOfTheServerInItsProcesses() throws Exception {
        // Whatever this JVM was started with, PATH aside, must be nowhere; so must its paths.
        String everything = run("cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\0' '\\n'")
                .stdout();
        String inside = computer.run("env", ENOUGH).stdout();

        System.getenv().forEach((name, value) -> {
            if (value.length() > 8 && !inside.contains(value)) {
                assertThat(everything).as(name).doesNotContain(value);
            }
        });
        assertThat(everything).contains("MARK=inside").doesNotContain(folder.toString(), "java");
        assertThat(run("ls -l /proc/1/fd /proc/1/cwd /proc/1/root /proc/2/fd").stdout())
                .doesNotContain(folder.toString(), ".bpf");
    }

    @Test
    void seesOnlyItsOwnProcesses() throws Exception {
        try (Computer other = bubblewrap.computers().open(TestingSpecs.spec())) {
            other.run("sleep 4712.5 & echo neighbour > /tmp/file", ENOUGH);

            assertThat(run("cat /proc/[0-9]*/cmdline | tr '\\0' ' '").stdout()).doesNotContain("4712.5", "java");
            assertThat(run("ls /tmp /workspace").stdout()).doesNotContain("file");
            assertThatThrownBy(() -> run("perl -e 'kill 9, -1; sleep 60'")).isInstanceOf(ComputerFailure.class);
            assertThat(run("kill -0 " + ProcessHandle.current().pid()).exitCode())
                    .isNotZero();
            assertThat(other.run("cat /tmp/file", ENOUGH).stdout()).isEqualTo("neighbour\n");
        }
    }
}
