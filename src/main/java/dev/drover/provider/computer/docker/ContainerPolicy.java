package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares what a container has measured of itself, and what the engine says of it, with what it must be; every word of
 * it is in the answer.
 *
 * @param user under which everything inside runs
 * @param engine what made it, in a few words
 */
record ContainerPolicy(int user, Limits limits, String engine) {
    private static final List<String> OWN_NAMESPACES = List.of("mnt", "pid", "net", "ipc", "uts");

    /** Engines may share these two with the host. */
    private static final List<String> OTHER_NAMESPACES = List.of("user", "cgroup");

    /** The facts, when all are as they must be. */
    Isolation judge(InspectContainerResponse container, Map<String, String> measured) throws ComputerFailure {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("engine", engine);
        facts.put("container", container.getId());
        facts.put("image", String.valueOf(container.getImageId()));
        for (String uid : value(measured, "Uid").split("\\s+", -1)) {
            require("uid inside", Integer.toString(user), uid);
        }
        facts.put("uid", Integer.toString(user));
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            require("capabilities (" + set + ")", "0000000000000000", value(measured, set));
        }
        facts.put("capabilities", "none");
        require("no_new_privs", "1", value(measured, "NoNewPrivs"));
        facts.put("no_new_privs", "1");
        require("seccomp", "2", value(measured, "Seccomp"));
        facts.put("seccomp", "filter");
        facts.put("namespaces", namespaces(measured));
        require("network interfaces", "lo", value(measured, "interfaces"));
        facts.put("network", "none");
        facts.put("egress", "proxy");
        require("root file system", "ro", value(measured, "root"));
        facts.put("system", "read-only");
        require("core dump limit", "1", value(measured, "Max core file size").split(" ", -1)[0]);
        facts.put("core", "off");
        judgeLimits(Objects.requireNonNull(container.getHostConfig(), "host config"), facts);
        facts.put("disk", "watched " + limits.diskBytes());
        return new Isolation(DockerComputers.KIND, facts);
    }

    private void judgeLimits(HostConfig host, Map<String, String> facts) throws ComputerFailure {
        require("privileged", "false", String.valueOf(Boolean.TRUE.equals(host.getPrivileged())));
        require("network mode", "none", String.valueOf(host.getNetworkMode()));
        require("memory limit", Long.toString(limits.memoryBytes()), String.valueOf(host.getMemory()));
        require("memory limit with swap", Long.toString(limits.memoryBytes()), String.valueOf(host.getMemorySwap()));
        require("CPU limit", Long.toString(Blueprint.nanos(limits)), String.valueOf(host.getNanoCPUs()));
        require("process limit", Integer.toString(limits.processes()), String.valueOf(host.getPidsLimit()));
        facts.put("memory", "engine " + limits.memoryBytes());
        facts.put("cpu", "engine " + limits.cpus());
        facts.put("processes", "engine " + limits.processes());
    }

    private static String namespaces(Map<String, String> measured) throws ComputerFailure {
        List<String> own = new ArrayList<>();
        for (String space : OWN_NAMESPACES) {
            String inside = value(measured, "ns." + space);
            if (inside.equals("none") || inside.equals(hosts(space))) {
                throw new ComputerFailure(
                        differs("namespace " + space, "one of its own", inside + ", which is the host's"));
            }
            own.add(space);
        }
        for (String space : OTHER_NAMESPACES) {
            String inside = measured.getOrDefault("ns." + space, "none");
            if (!inside.equals("none") && !inside.equals(hosts(space))) {
                own.add(space);
            }
        }
        return String.join(",", own);
    }

    private static String value(Map<String, String> measured, String name) throws ComputerFailure {
        String value = measured.get(name);
        if (value == null) {
            throw new ComputerFailure(differs(name, "to be known", "was not measured"));
        }
        return value;
    }

    private static void require(String fact, String expected, String actual) throws ComputerFailure {
        if (!expected.equals(actual)) {
            throw new ComputerFailure(differs(fact, expected, actual));
        }
    }

    private static String differs(String fact, String expected, String actual) {
        return "the computer is not isolated as it must be: " + fact + " is '" + actual + "', expected is '" + expected
                + "'";
    }

    private static String hosts(String space) throws ComputerFailure {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns", space)).toString();
        } catch (IOException e) {
            throw new ComputerFailure("the host's own namespace " + space + " cannot be read: " + e, e);
        }
    }
}
