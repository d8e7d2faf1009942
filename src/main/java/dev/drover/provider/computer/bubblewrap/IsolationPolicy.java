package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what a computer has measured of itself with what it must be; every word of it is in the answer. */
final class IsolationPolicy {
    private static final List<String> NAMESPACES = List.of("user", "mnt", "pid", "net", "ipc", "uts", "cgroup");

    private final Owner owner;
    private final int hostUid;
    private final Map<String, String> measured;
    private final Map<String, String> facts = new LinkedHashMap<>();

    /** @param hostUid under which the computer's processes are seen to run on the host */
    IsolationPolicy(Owner owner, int hostUid, Map<String, String> measured) {
        this.owner = owner;
        this.hostUid = hostUid;
        this.measured = measured;
    }

    /** The facts, when all are as they must be. */
    Map<String, String> check() throws ComputerFailure {
        checkUid();
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            require("capabilities (" + set + ")", "0000000000000000", value(set));
        }
        facts.put("capabilities", "none");
        require("no_new_privs", "1", value("NoNewPrivs"));
        facts.put("no_new_privs", "1");
        require("seccomp", "2", value("Seccomp"));
        facts.put("seccomp", "filter");
        checkNamespaces();
        require("network interfaces", "lo", value("interfaces"));
        facts.put("network", "none");
        require("root file system", "ro", value("root"));
        facts.put("system", "read-only");
        require("core dump limit", "1", value("Max core file size").split(" ", -1)[0]);
        facts.put("core", "off");
        return facts;
    }

    /** Inside it is always the same; what counts is who it is on the host. */
    private void checkUid() throws ComputerFailure {
        int expected = owner instanceof Owner.Apart(int uid) ? uid : HostUids.own();
        if (expected == 0) {
            throw new ComputerFailure("the computer would run as the host's root, which no namespace makes harmless");
        }
        require("uid", Integer.toString(expected), Integer.toString(hostUid));
        for (String uid : value("Uid").split("\\s+", -1)) {
            require("uid inside", SystemFiles.UID_INSIDE, uid);
        }
        facts.put("uid", owner instanceof Owner.Apart ? Integer.toString(expected) : "shared");
    }

    private void checkNamespaces() throws ComputerFailure {
        List<String> own = new ArrayList<>();
        for (String space : NAMESPACES) {
            String inside = value("ns." + space);
            if (inside.equals("none") || inside.equals(hosts(space))) {
                throw new ComputerFailure(
                        differs("namespace " + space, "one of its own", inside + ", which is the host's"));
            }
            own.add(space);
        }
        facts.put("namespaces", String.join(",", own));
    }

    private String value(String name) throws ComputerFailure {
        String value = measured.get(name);
        if (value == null) {
            throw new ComputerFailure(differs(name, "to be known", "was not measured"));
        }
        return value;
    }

    private static void require(String fact, String expected, String actual) throws ComputerFailure {
        if (!Objects.equals(expected, actual)) {
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
