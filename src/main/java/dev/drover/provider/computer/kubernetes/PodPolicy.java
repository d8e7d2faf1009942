package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Isolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what a pod has measured of itself with what it was asked to be; every word of it is in the answer. */
record PodPolicy(PodPlan plan) {
    private static final long PAGE = 4096;
    private static final double CPU_TOLERANCE = 0.02;

    /** The namespaces of a host bear these numbers on every Linux (include/linux/proc_ns.h). */
    private static final Map<String, String> HOSTS =
            Map.of("ipc", "ipc:[4026531839]", "uts", "uts:[4026531838]", "pid", "pid:[4026531836]");

    private static final String HOSTS_USERS = "user:[4026531837]";

    /**
     * The facts, when all are as they must be.
     *
     * @param measured by the shell
     * @param around what is known of its surroundings: limits, and what could be reached
     */
    Isolation judge(Map<String, String> measured, Map<String, String> around, String pod) throws ComputerFailure {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("pod", pod);
        for (String uid : value(measured, "Uid").split("\\s+", -1)) {
            require("uid inside", Long.toString(PodPlan.USER), uid);
        }
        facts.put("uid", Long.toString(PodPlan.USER));
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            require("capabilities (" + set + ")", "0000000000000000", value(measured, set));
        }
        facts.put("capabilities", "none");
        require("no_new_privs", "1", value(measured, "NoNewPrivs"));
        facts.put("no_new_privs", "1");
        require("root file system", "ro", value(measured, "root"));
        facts.put("system", "read-only");
        require("service account's token", "none", value(around, "token"));
        require("what can be reached past the way out", "", value(around, "reached"));
        facts.put("network", "closed by policy (" + value(measured, "interfaces") + ")");
        facts.put("egress", "proxy");
        judgeKernel(measured, facts);
        judgeLimits(around, facts);
        return new Isolation(KubernetesComputers.KIND, facts);
    }

    /** A runtime class may bring a kernel of its own, which has its own ways to say so. */
    private void judgeKernel(Map<String, String> measured, Map<String, String> facts) throws ComputerFailure {
        String runtime = plan.settings().runtimeClass();
        if (runtime != null) {
            facts.put("runtime", runtime);
            facts.put("seccomp", "the runtime's (" + measured.getOrDefault("Seccomp", "not shown") + ")");
            return;
        }
        require("seccomp", "2", value(measured, "Seccomp"));
        facts.put("seccomp", "filter");
        List<String> own = new ArrayList<>(List.of("mnt", "net"));
        for (Map.Entry<String, String> host : HOSTS.entrySet()) {
            String inside = value(measured, "ns." + host.getKey());
            if (inside.equals(host.getValue())) {
                throw new ComputerFailure(
                        differs("namespace " + host.getKey(), "one of its own", inside + ", which is the node's"));
            }
            own.add(host.getKey());
        }
        boolean users = !measured.getOrDefault("ns.user", HOSTS_USERS).equals(HOSTS_USERS);
        if (plan.settings().userNamespaces() && !users) {
            throw new ComputerFailure(differs("namespace user", "one of its own", "the node's")
                    + "; the cluster does not know hostUsers: unset DROVER_KUBE_USER_NAMESPACES, or upgrade it");
        }
        if (users) {
            own.add("user");
        }
        own.sort(null);
        facts.put("namespaces", String.join(",", own));
    }

    private void judgeLimits(Map<String, String> around, Map<String, String> facts) throws ComputerFailure {
        String memory = value(around, "memory");
        String cpu = value(around, "cpu");
        boolean shown = !memory.isEmpty() && cpu.length() > 1;
        if (!shown && plan.settings().runtimeClass() == null) {
            throw new ComputerFailure(differs("limits of memory and CPU", "to be shown in /sys/fs/cgroup", "not"));
        }
        if (shown) {
            long pages = plan.limits().memoryBytes() / PAGE * PAGE;
            require("memory limit", Long.toString(pages), memory);
            double cores = cores(cpu);
            double wanted = plan.millis() / 1000.0;
            if (!(Math.abs(cores - wanted) <= wanted * CPU_TOLERANCE)) {
                throw new ComputerFailure(differs("CPU limit", Double.toString(wanted), cpu));
            }
        }
        facts.put("memory", (shown ? "cgroup " : "asked for ") + plan.limits().memoryBytes());
        facts.put("cpu", (shown ? "cgroup " : "asked for ") + plan.limits().cpus());
        String processes = value(around, "processes");
        boolean bounded = !processes.isEmpty() && !processes.equals("max");
        facts.put("processes", bounded ? "cgroup " + processes : "unlimited (set podPidsLimit of the kubelet)");
        facts.put("disk", "watched " + plan.limits().diskBytes() + ", and as the volume bounds it");
    }

    private static double cores(String quotaAndPeriod) {
        try {
            String[] words = quotaAndPeriod.split("/", -1);
            return Double.parseDouble(words[0]) / Double.parseDouble(words[1]);
        } catch (NumberFormatException e) {
            return Double.NaN; // "max" among them
        }
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

    static String differs(String fact, String expected, String actual) {
        return "the computer is not isolated as it must be: " + fact + " is '" + actual + "', expected is '" + expected
                + "'";
    }
}
