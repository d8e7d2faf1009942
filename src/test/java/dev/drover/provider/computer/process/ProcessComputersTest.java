package dev.drover.provider.computer.process;

import dev.drover.core.computer.Computers;
import dev.drover.core.computer.ComputersContract;
import dev.drover.core.computer.DialoguesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ProcessComputersTest implements ComputersContract, DialoguesContract {
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
}
