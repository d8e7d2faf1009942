package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Computers;
import dev.drover.core.computer.ComputersContract;
import dev.drover.core.computer.DialoguesContract;
import dev.drover.core.computer.KeptComputersContract;
import dev.drover.core.computer.TestingProcesses;
import dev.drover.core.id.AgentId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapComputersTest implements ComputersContract, DialoguesContract, KeptComputersContract {
    @TempDir
    Path folder;

    private TestingBubblewrap bubblewrap;

    @BeforeEach
    void make() throws Exception {
        bubblewrap = TestingBubblewrap.in(folder);
    }

    @AfterEach
    void remove() {
        bubblewrap.close();
    }

    @Override
    public Computers computers() {
        return bubblewrap.computers();
    }

    @Override
    public boolean isolates() {
        return true;
    }

    /** Bubblewrap's own process, which is the parent of all that is inside. */
    @Override
    public void killFromOutside(AgentId agent) throws Exception {
        TestingProcesses.beingIn(bubblewrap.folder().resolve(agent.toString()).resolve("workspace"))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
