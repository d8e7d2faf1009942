package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Housing;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.ProcessTree;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.egress.Traffic;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A shell inside bubblewrap, which is inside control groups. */
final class BubblewrapHousing implements Housing {
    private static final System.Logger LOG = System.getLogger(BubblewrapHousing.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Bubblewrap's first process inside and the shell: both live as long as the computer does. */
    private static final int RESIDENTS = 2;

    private final BubblewrapCommand command;
    private final EgressDoors.Door door;
    private final Runnable release;

    BubblewrapHousing(BubblewrapCommand command, EgressDoors.Door door, Runnable release) {
        this.command = command;
        this.door = door;
        this.release = release;
    }

    @Override
    public Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.line())
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // Not only the commands': what bubblewrap itself was given could be read inside, at /proc/1/environ.
        builder.environment().clear();
        builder.environment().put("PATH", BubblewrapCommand.PATH);
        Process process = SteadyThread.start(builder);
        try (OutputStream input = process.getOutputStream()) {
            input.write(command.arguments().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it read them all, and says why on its standard error.
            LOG.log(System.Logger.Level.DEBUG, "arguments not taken: {0}", e.toString());
        }
        return process;
    }

    @Override
    public Isolation judge(Process process, Map<String, String> measured) throws ComputerFailure {
        Map<String, String> facts =
                new HashMap<>(new IsolationPolicy(command.home().owner(), hostUid(process), measured).check());
        command.mounts().check(measured);
        facts.put("home", command.home().layout().readOnly() ? "read-only" : "writable");
        facts.put("egress", "proxy");
        facts.put("disk", "watched " + command.limits().diskBytes());
        facts.putAll(command.group().isPresent() ? limits(command.group().get(), process) : perProcess(measured));
        return new Isolation(BubblewrapComputers.KIND, facts);
    }

    @Override
    public Computer.Stats use(Process process) {
        Computer.Stats use = useOf(process);
        Traffic traffic = door.traffic();
        return new Computer.Stats(
                use.memoryBytes(),
                use.cpuSeconds(),
                use.processes(),
                0,
                traffic.receivedBytes(),
                traffic.sentBytes(),
                Optional.empty());
    }

    @Override
    public double cpuSeconds(Process process) {
        try {
            return command.group().isPresent()
                    ? command.group().get().cpuSeconds()
                    : ProcessTree.of(process).use().cpuSeconds();
        } catch (IOException e) {
            return 0; // stopped meanwhile
        }
    }

    private Computer.Stats useOf(Process process) {
        try {
            return command.group().isPresent()
                    ? command.group().get().use()
                    : ProcessTree.of(process).use();
        } catch (IOException e) {
            return new Computer.Stats(0, 0, 0, 0); // stopped meanwhile
        }
    }

    @Override
    public void terminate(Process process, Duration grace) {
        ProcessTree.of(process).terminate(grace, RESIDENTS);
    }

    /**
     * With the first process of a pid namespace the kernel kills all others in it, and bubblewrap outside ends only
     * when they are gone.
     */
    @Override
    public void kill(Process process) {
        ProcessTree.of(process).children().forEach(ProcessHandle::destroyForcibly);
        if (!ended(process, Duration.ofSeconds(1))) {
            ProcessTree.of(process).children().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            ended(process, PATIENCE);
        }
    }

    @Override
    public void dismantle() {
        door.close();
        command.group().ifPresent(group -> {
            try {
                group.remove();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
            }
        });
    }

    @Override
    public void release() {
        release.run();
    }

    private static boolean ended(Process process, Duration patience) {
        return Uninterrupted.await(patience, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
    }

    /** Of the first process inside, in whose user namespace all others are. */
    private static int hostUid(Process process) {
        return process.children()
                .findFirst()
                .map(first -> HostUids.of(first.pid()))
                .orElse(-1);
    }

    private static Map<String, String> limits(ControlGroup group, Process process) throws ComputerFailure {
        try {
            if (!group.contains(process.pid())) {
                throw new ComputerFailure("the computer is not isolated as it must be: its processes are not in its"
                        + " control groups " + group.joins());
            }
            return group.facts();
        } catch (IOException e) {
            throw new ComputerFailure("the computer's control group cannot be read: " + e, e);
        }
    }

    /** Without control groups each process has limits, but not all of them together; said as it is. */
    private static Map<String, String> perProcess(Map<String, String> measured) {
        return Map.of(
                "memory", "rlimit per process " + soft(measured, "Max data size"),
                "cpu", "unlimited",
                "processes", "rlimit per uid " + soft(measured, "Max processes"));
    }

    private static String soft(Map<String, String> measured, String limit) {
        return measured.getOrDefault(limit, "unknown").split(" ", -1)[0];
    }
}
