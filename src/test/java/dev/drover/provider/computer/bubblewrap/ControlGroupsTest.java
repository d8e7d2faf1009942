package dev.drover.provider.computer.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.ComputerSpec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups on trees of plain files that look like the kernel's. */
class ControlGroupsTest {
    private static final Limits LIMITS = new Limits(1 << 30, 0.5, 256, 1 << 20);
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    @TempDir
    Path tree;

    @Test
    void findsVersionOneBelowOurOwnGroupOfEachController() throws Exception {
        proc(
                "32 31 0:29 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n35 31 0:32 /docker/x /cg/memory rw shared:9 -"
                        + " cgroup cgroup rw,memory\n39 31 0:36 / /cg/pids rw - cgroup cgroup rw,pids\n"
                        + "41 31 0:38 / /cg/unified rw - cgroup2 cgroup2 rw\n",
                "8:pids:/\n4:memory:/docker/x/deep\n1:cpu,cpuacct:/our/own\n0::/\n");
        file("cg/unified/cgroup.controllers", "hugetlb\n");

        ControlGroup.Place place = find().orElseThrow();
        ControlGroup group = place.make("agent", LIMITS);

        assertThat(group.joins())
                .containsOnly(
                        tree.resolve("cg/memory/deep/drover-id/agent/tasks"),
                        tree.resolve("cg/cpu/our/own/drover-id/agent/tasks"),
                        tree.resolve("cg/pids/drover-id/agent/tasks"));
        assertThat(text("cg/memory/deep/drover-id/agent/memory.limit_in_bytes")).isEqualTo("1073741824");
        assertThat(text("cg/cpu/our/own/drover-id/agent/cpu.cfs_quota_us")).isEqualTo("50000");
        assertThat(text("cg/pids/drover-id/agent/pids.max")).isEqualTo("256");
        assertThat(group.facts())
                .containsEntry("memory", "cgroup-v1 1073741824")
                .containsEntry("cpu", "cgroup-v1 0.5")
                .containsEntry("processes", "cgroup-v1 256");
        assertThat(place.names()).containsExactly("agent");
    }

    @Test
    void findsVersionTwoAndMovesTheServerAsideWhenItIsAloneInItsGroup() throws Exception {
        unified("0::/system.slice/drover.service\n");
        file("cg/system.slice/drover.service/cgroup.procs", PID + "\n");

        ControlGroup.Place place = find().orElseThrow();
        ControlGroup group = place.make("agent", LIMITS);

        String own = "cg/system.slice/drover.service/";
        assertThat(text(own + "drover-server/cgroup.procs")).isEqualTo(PID);
        assertThat(text(own + "cgroup.subtree_control")).isEqualTo("+memory +cpu +pids");
        assertThat(text(own + "drover-id/cgroup.subtree_control")).isEqualTo("+memory +cpu +pids");
        assertThat(text(own + "drover-id/agent/memory.max")).isEqualTo("1073741824");
        assertThat(text(own + "drover-id/agent/cpu.max")).isEqualTo("50000 100000");
        assertThat(text(own + "drover-id/agent/pids.max")).isEqualTo("256");
        assertThat(group.joins()).containsExactly(tree.resolve(own + "drover-id/agent/cgroup.procs"));
        assertThat(group.facts())
                .containsEntry("memory", "cgroup-v2 1073741824")
                .containsEntry("cpu", "cgroup-v2 0.5")
                .containsEntry("processes", "cgroup-v2 256");
    }

    @Test
    void usesTheSamePlaceWhenTheServerHasMovedAsideBefore() throws Exception {
        unified("0::/system.slice/drover.service/drover-server\n");
        file("cg/system.slice/drover.service/cgroup.subtree_control", "cpu memory pids\n");

        assertThat(find().orElseThrow().make("agent", LIMITS).joins())
                .containsExactly(tree.resolve("cg/system.slice/drover.service/drover-id/agent/cgroup.procs"));
    }

    @Test
    void goesToTheTopWhenOthersShareOurGroup() throws Exception {
        unified("0::/user.slice/session-1.scope\n");
        file("cg/user.slice/session-1.scope/cgroup.procs", "1\n" + PID + "\n");
        file("cg/cgroup.subtree_control", "cpu io memory pids\n");

        assertThat(find().orElseThrow().make("agent", LIMITS).joins())
                .containsExactly(tree.resolve("cg/drover-id/agent/cgroup.procs"));
        assertThat(tree.resolve("cg/user.slice/session-1.scope/drover-server")).doesNotExist();
    }

    @Test
    void tellsTheUseOfVersionTwo() throws Exception {
        unified("0::/\n");
        file("cg/cgroup.procs", "1\n");
        ControlGroup group = find().orElseThrow().make("agent", LIMITS);
        file("cg/drover-id/agent/memory.current", "90000\n");
        file("cg/drover-id/agent/memory.stat", "anon 4096\nactive_file 80000\ninactive_file 5904\n");
        file("cg/drover-id/agent/cpu.stat", "usage_usec 1500000\nuser_usec 1\n");
        file("cg/drover-id/agent/pids.current", "7\n");

        assertThat(group.use().memoryBytes()).isEqualTo(4096);
        assertThat(group.use().cpuSeconds()).isEqualTo(1.5);
        assertThat(group.use().processes()).isEqualTo(7);
    }

    @Test
    void isEmptyWhereNothingIsMounted() throws Exception {
        proc("31 23 0:28 / / rw - ext4 /dev/sda rw\n", "0::/\n");

        assertThat(find()).isEmpty();
    }

    private Optional<ControlGroup.Place> find() {
        return new ControlGroups(tree.resolve("proc"), tree, "id").find();
    }

    /** A version 2 host on which our group is no root and nothing is delegated yet. */
    private void unified(String cgroup) throws IOException {
        proc("30 23 0:26 / /cg rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n", cgroup);
        file("cg/cgroup.controllers", "cpuset cpu io memory hugetlb pids\n");
        String own = cgroup.strip().substring("0::".length());
        file("cg" + own + "/cgroup.type", "domain\n");
        file("cg" + own + "/cgroup.subtree_control", "\n");
    }

    private void proc(String mountinfo, String cgroup) throws IOException {
        file("proc/mountinfo", mountinfo);
        file("proc/cgroup", cgroup);
    }

    private void file(String name, String text) throws IOException {
        Path file = tree.resolve(name).normalize();
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String text(String name) throws IOException {
        return Files.readString(tree.resolve(name)).strip();
    }
}
