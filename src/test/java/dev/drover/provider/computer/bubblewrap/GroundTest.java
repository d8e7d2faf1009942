package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said where computers cannot be had, or are not what they must be. */
@Timeout(60)
class GroundTest {
    @TempDir
    Path folder;

    @Test
    void namesTheFolderThatAgentsCannotPass() throws Exception {
        assumeTrue(HostUids.own() == 0, "needs root: only then agents have uids of their own");
        Path closed = Files.createDirectory(folder.resolve("closed")).toRealPath();
        for (Path each : new Path[] {closed, folder}) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
        }
        Readiness readiness =
                new BubblewrapComputers(closed.resolve("data/computers"), new TestingDoors(), "test").probe();

        assumeTrue(!readiness.summary().startsWith("missing"), "needs bubblewrap: " + readiness.summary());
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.summary()).contains("cannot pass folder " + closed + " ");
        assertThat(readiness.remedies()).anyMatch(remedy -> remedy.contains("chmod o+x " + closed));
    }

    @Test
    void namesMissingProgramsAndTheirPackages() {
        assertThatThrownBy(() -> Programs.require(true, List.of(folder.toString())))
                .isInstanceOf(ComputerFailure.class)
                .hasMessageContaining("bwrap, socat")
                .hasMessageContaining("apt-get install -y bubblewrap socat perl-base util-linux");
    }

    @Test
    void knowsWhatToDoAboutARefusalOfTheKernel() {
        ComputerFailure refused =
                new ComputerFailure("no shell started: bwrap: No permissions to create new namespace");

        assertThat(Remedies.with(refused))
                .hasMessageContaining("No permissions")
                .hasMessageContaining("sysctl");
    }

    @Test
    void acceptsOnlyTheUidThatIsTheAgents() throws Exception {
        assertThat(check(77, 77, right())).containsEntry("uid", "77").containsEntry("network", "none");
        assertThatThrownBy(() -> check(77, 78, right())).hasMessageContaining("uid is '78', expected is '77'");
        assertThatThrownBy(() -> check(0, 0, right())).hasMessageContaining("root");
    }

    @Test
    void namesTheFactThatDiffersFromThePolicy() throws Exception {
        Map<String, String> wrong = new HashMap<>(Map.of(
                "CapEff", "000001fffeffffff",
                "CapBnd", "0000000000000001",
                "NoNewPrivs", "0",
                "Seccomp", "0",
                "interfaces", "lo eth0",
                "root", "rw",
                "Uid", "0\t0\t0\t0"));
        wrong.put("ns.net", Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
        wrong.put("Max core file size", "unlimited            unlimited            bytes");

        wrong.forEach((fact, value) -> {
            Map<String, String> measured = right();
            measured.put(fact, value);
            assertThatThrownBy(() -> check(77, 77, measured))
                    .as(fact)
                    .hasMessageContaining("not isolated as it must be");
            measured.remove(fact);
            assertThatThrownBy(() -> check(77, 77, measured)).as(fact).hasMessageContaining("was not measured");
        });
    }

    private static Map<String, String> check(int uid, int seen, Map<String, String> measured) throws ComputerFailure {
        return new IsolationPolicy(new Owner.Apart(uid), seen, measured).check();
    }

    /** Measurements as they must be. */
    private static Map<String, String> right() {
        Map<String, String> right = new HashMap<>(Map.of(
                "Uid", "1000\t1000\t1000\t1000", "NoNewPrivs", "1", "Seccomp", "2", "interfaces", "lo", "root", "ro"));
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            right.put(set, "0000000000000000");
        }
        right.put("Max core file size", "1                    1                    bytes");
        for (String space : List.of("user", "mnt", "pid", "net", "ipc", "uts", "cgroup")) {
            right.put("ns." + space, space + ":[1]");
        }
        return right;
    }
}
