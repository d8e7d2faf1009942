package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Control groups of version 1, where each controller has a tree of its own.
 *
 * @param bases by controller ({@code memory}, {@code cpu}, {@code cpuacct}, {@code pids}): the folder of our own groups
 */
record ControlGroupsV1(Map<String, GroupFolder> bases) implements ControlGroup.Place {
    static final Set<String> CONTROLLERS = Set.of("memory", "cpu", "cpuacct", "pids");

    private static final long PERIOD = 100_000;

    @Override
    public ControlGroup make(String name, Limits limits) throws IOException {
        Group group = new Group(folders(name));
        for (GroupFolder folder : group.byController.values()) {
            folder.make();
        }
        GroupFolder memory = group.of("memory");
        memory.write("memory.limit_in_bytes", Long.toString(limits.memoryBytes()));
        if (memory.has("memory.memsw.limit_in_bytes")) {
            memory.write("memory.memsw.limit_in_bytes", Long.toString(limits.memoryBytes()));
        }
        group.of("cpu").write("cpu.cfs_period_us", Long.toString(PERIOD));
        group.of("cpu").write("cpu.cfs_quota_us", Long.toString((long) (limits.cpus() * PERIOD)));
        group.of("pids").write("pids.max", Integer.toString(limits.processes()));
        return group;
    }

    @Override
    public ControlGroup existing(String name) {
        return new Group(folders(name));
    }

    @Override
    public Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (GroupFolder base : bases.values()) {
            names.addAll(base.names());
        }
        return names;
    }

    @Override
    public void remove() {
        bases.values().forEach(GroupFolder::removeIfEmpty);
    }

    private Map<String, GroupFolder> folders(String name) {
        return Map.of(
                "memory", base("memory").below(name),
                "cpu", base("cpu").below(name),
                "cpuacct", base("cpuacct").below(name),
                "pids", base("pids").below(name));
    }

    private GroupFolder base(String controller) {
        GroupFolder base = bases.get(controller);
        if (base == null) {
            throw new IllegalStateException("no folder for controller '" + controller + "'");
        }
        return base;
    }

    private record Group(Map<String, GroupFolder> byController) implements ControlGroup {
        GroupFolder of(String controller) {
            return Objects.requireNonNull(byController.get(controller));
        }

        @Override
        public List<Path> joins() {
            // A lone thread moves itself without the lock of cgroup.procs, for which the kernel waits 10 ms and more.
            return byController.values().stream()
                    .map(folder -> folder.path().resolve("tasks"))
                    .toList();
        }

        @Override
        public boolean contains(long pid) throws IOException {
            for (GroupFolder folder : byController.values()) {
                if (!folder.holds(pid)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Map<String, String> facts() throws IOException {
            double cpus =
                    (double) of("cpu").number("cpu.cfs_quota_us") / of("cpu").number("cpu.cfs_period_us");
            return Map.of(
                    "memory", "cgroup-v1 " + of("memory").number("memory.limit_in_bytes"),
                    "cpu", "cgroup-v1 " + cpus,
                    "processes", "cgroup-v1 " + of("pids").number("pids.max"));
        }

        @Override
        public Computer.Stats use() throws IOException {
            return new Computer.Stats(
                    of("memory").number("memory.usage_in_bytes") - of("memory").cache("total_"),
                    cpuSeconds(),
                    (int) of("pids").number("pids.current"),
                    0);
        }

        @Override
        public double cpuSeconds() throws IOException {
            return of("cpuacct").number("cpuacct.usage") / 1e9;
        }

        @Override
        public void remove() throws IOException {
            for (GroupFolder folder : byController.values()) {
                folder.remove();
            }
        }
    }
}
