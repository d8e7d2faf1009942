package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Control groups of version 2, one tree for all controllers.
 *
 * @param base the folder of our own groups; it has no process of its own
 */
record ControlGroupsV2(GroupFolder base) implements ControlGroup.Place {
    static final Set<String> CONTROLLERS = Set.of("memory", "cpu", "pids");

    private static final long PERIOD = 100_000;
    private static final String ALL = "+memory +cpu +pids";
    private static final String SERVERS_OWN = "drover-server";

    /**
     * Prepares a folder of our own below a group.
     *
     * @param whole whether the group holds nothing but this server and what belongs to it, as in a container
     */
    static ControlGroupsV2 below(GroupFolder group, String name, boolean whole) throws IOException {
        boolean movedBefore = group.path().endsWith(SERVERS_OWN);
        GroupFolder home = movedBefore ? new GroupFolder(group.path().resolveSibling("")) : group;
        if (!home.lists("cgroup.subtree_control", CONTROLLERS)) {
            // Only the true root may have processes and hand controllers down; it alone has no type.
            if (home.has("cgroup.type")) {
                moveAside(home, whole);
            }
            home.write("cgroup.subtree_control", ALL);
        }
        GroupFolder base = home.below(name).make();
        base.write("cgroup.subtree_control", ALL);
        return new ControlGroupsV2(base);
    }

    private static void moveAside(GroupFolder home, boolean whole) throws IOException {
        List<String> pids = home.read("cgroup.procs").lines().toList();
        String own = Long.toString(ProcessHandle.current().pid());
        if (!whole && !pids.equals(List.of(own))) {
            throw new IOException("group " + home.path() + " has other processes in it than this server; start it in"
                    + " one of its own, as by 'systemd-run --scope -p Delegate=yes'");
        }
        GroupFolder aside = home.below(SERVERS_OWN).make();
        for (String pid : pids) {
            aside.write("cgroup.procs", pid);
        }
    }

    @Override
    public ControlGroup make(String name, Limits limits) throws IOException {
        GroupFolder folder = base.below(name).make();
        // No memory.oom.group: a command that takes too much must die, not the shell and all that runs beside it.
        folder.write("memory.max", Long.toString(limits.memoryBytes()));
        if (folder.has("memory.swap.max")) {
            folder.write("memory.swap.max", "0");
        }
        folder.write("cpu.max", (long) (limits.cpus() * PERIOD) + " " + PERIOD);
        folder.write("pids.max", Integer.toString(limits.processes()));
        return new Group(folder);
    }

    @Override
    public ControlGroup existing(String name) {
        return new Group(base.below(name));
    }

    @Override
    public Set<String> names() throws IOException {
        return base.names();
    }

    @Override
    public void remove() {
        base.removeIfEmpty();
    }

    private record Group(GroupFolder folder) implements ControlGroup {
        @Override
        public List<Path> joins() {
            return List.of(folder.path().resolve("cgroup.procs"));
        }

        @Override
        public boolean contains(long pid) throws IOException {
            return folder.holds(pid);
        }

        @Override
        public Map<String, String> facts() throws IOException {
            String[] cpu = folder.read("cpu.max").split(" ", -1);
            return Map.of(
                    "memory", "cgroup-v2 " + folder.number("memory.max"),
                    "cpu", "cgroup-v2 " + Double.parseDouble(cpu[0]) / Double.parseDouble(cpu[1]),
                    "processes", "cgroup-v2 " + folder.number("pids.max"));
        }

        @Override
        public Computer.Stats use() throws IOException {
            return new Computer.Stats(
                    folder.number("memory.current") - folder.cache(""),
                    cpuSeconds(),
                    (int) folder.number("pids.current"),
                    0);
        }

        @Override
        public double cpuSeconds() throws IOException {
            return folder.number("cpu.stat", "usage_usec") / 1e6;
        }

        @Override
        public void remove() throws IOException {
            if (folder.has("cgroup.kill")) {
                folder.write("cgroup.kill", "1");
            }
            folder.remove();
        }
    }
}
