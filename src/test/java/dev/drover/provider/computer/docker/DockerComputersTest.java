package dev.drover.provider.computer.docker;

import dev.drover.core.computer.Computers;
import dev.drover.core.computer.ComputersContract;
import dev.drover.core.computer.DialoguesContract;
import dev.drover.core.computer.KeptComputersContract;
import dev.drover.core.id.AgentId;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DockerComputersTest implements ComputersContract, DialoguesContract, KeptComputersContract {
    @TempDir
    Path folder;

    private DockerComputers computers;

    @BeforeEach
    void make() throws Exception {
        computers = TestingEngine.shared().computers(folder, "contract", 0);
    }

    @AfterEach
    void remove() {
        if (computers != null) {
            computers.sweep(Set.of());
            computers.close();
        }
    }

    @Override
    public Computers computers() {
        return computers;
    }

    @Override
    public void killFromOutside(AgentId agent) throws Exception {
        TestingEngine.kill(TestingEngine.only(agent));
    }

    @Override
    public boolean isolates() {
        return true;
    }
}
