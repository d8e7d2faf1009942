package dev.drover.provider.computer.process;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.Housing;
import dev.drover.core.computer.Isolation;
import dev.drover.core.computer.ProcessTree;
import dev.drover.core.computer.ShellProgram;
import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A shell that is a plain child of the server, in the agent's folder. */
final class ProcessHousing implements Housing {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AgentFolder folder;
    private final Path program;
    private final String path;

    ProcessHousing(AgentFolder folder, Path program, String path) {
        this.folder = folder;
        this.program = program;
        this.path = path;
    }

    @Override
    public Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ShellProgram.command(
                program.toString(),
                folder.shellSocket().toString(),
                folder.workspace().toString(),
                ""));
        builder.environment().clear();
        builder.environment().put("PATH", path);
        return builder.start();
    }

    @Override
    public Isolation judge(Process process, Map<String, String> measured) {
        return new Isolation(
                ProcessComputers.KIND,
                Map.of(
                        "isolation", "none",
                        "uid", "shared",
                        "network", "host",
                        "memory", "unlimited",
                        "cpu", "unlimited",
                        "processes", "unlimited",
                        "disk", "watched"));
    }

    @Override
    public Computer.Stats use(Process process) {
        return ProcessTree.of(process).use();
    }

    @Override
    public void terminate(Process process, Duration grace) {
        ProcessTree.of(process).terminate(grace, 0);
    }

    /** The shell, whose socket is closed, kills its descendants itself; a shell that cannot is killed with them. */
    @Override
    public void kill(Process process) {
        if (!ended(process)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            ended(process);
        }
    }

    @Override
    public void dismantle() {
        // There is nothing around the processes.
    }

    @Override
    public void release() {
        // Nothing here is one agent's alone.
    }

    private static boolean ended(Process process) {
        return Uninterrupted.await(PATIENCE, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
    }
}
