package dev.drover.provider.computer.kubernetes;

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

class KubernetesComputersTest implements ComputersContract, DialoguesContract, KeptComputersContract {
    @TempDir
    Path folder;

    private TestingPods pods;

    @BeforeEach
    void make() throws Exception {
        pods = TestingPods.in(folder);
    }

    @AfterEach
    void remove() {
        if (pods != null) {
            pods.computers().sweep(Set.of());
            pods.close();
        }
    }

    @Override
    public Computers computers() {
        return pods.computers();
    }

    @Override
    public boolean isolates() {
        return true;
    }

    @Override
    public void killFromOutside(AgentId agent) throws Exception {
        pods.cluster().kill(agent);
    }
}
