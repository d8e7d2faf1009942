package dev.drover.provider.computer.process;

import dev.drover.core.computer.Computers;
import dev.drover.core.computer.ComputersContract;
import dev.drover.core.computer.DialoguesContract;
import dev.drover.core.computer.KeptComputersContract;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.core.id.AgentId;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ProcessComputersTest implements ComputersContract, DialoguesContract, KeptComputersContract {
    @TempDir
    Path folder;

    private Computers computers;

    @BeforeEach
    void make() {
        computers = new ProcessComputers(folder);
    }

    @Override
    public Computers computers() {
        return computers;
    }

    @Override
    public boolean isolates() {
        return false;
    }

    @Override
    public void killFromOutside(AgentId agent) throws Exception {
        TestingProcesses.beingIn(folder.resolve(agent.toString()).resolve("workspace"))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
