package dev.drover.provider.computer.bubblewrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.computer.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Computers of bubblewrap in a folder that agents can reach; skips the test where the machine has none. */
record TestingBubblewrap(BubblewrapComputers computers, Path folder) implements AutoCloseable {
    static TestingBubblewrap in(Path temporary) throws IOException {
        return in(temporary, true);
    }

    static TestingBubblewrap in(Path temporary, boolean wantsGroups) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        Path folder = temporary.resolve("computers");
        String installation = "test" + ProcessHandle.current().pid();
        BubblewrapComputers computers =
                new BubblewrapComputers(folder, new TestingDoors(), new Ground(folder, installation, wantsGroups));
        Readiness readiness = computers.probe();
        assumeTrue(readiness.ready(), "needs bubblewrap: " + readiness.summary());
        return new TestingBubblewrap(computers, folder);
    }

    @Override
    public void close() {
        computers.sweep(Set.of());
        ControlGroups.ofThisHost("test" + ProcessHandle.current().pid()).ifPresent(ControlGroup.Place::remove);
    }
}
