package dev.drover.provider.computer.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.provider.computer.bubblewrap.TestingDoors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Computers of a cluster of one node; skips the test where nothing runs its pods. */
record TestingPods(KubernetesComputers computers, TestingCluster cluster, Path folder) implements AutoCloseable {
    static final KubeSettings SETTINGS =
            new KubeSettings(null, "trinity-agent-base:latest", null, null, null, false, "testing");

    static TestingPods in(Path temporary) throws IOException {
        return in(temporary, SETTINGS);
    }

    static TestingPods in(Path temporary, KubeSettings settings) throws IOException {
        assumeTrue(sandboxes(), "needs bubblewrap: it runs pods here");
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        TestingCluster cluster = new TestingCluster(Files.createDirectories(temporary.resolve("n")));
        return new TestingPods(computers(temporary.resolve("c"), cluster, "one", settings), cluster, temporary);
    }

    /** Of one more server on the same cluster. */
    static KubernetesComputers computers(Path folder, TestingCluster cluster, String server, KubeSettings settings) {
        return new KubernetesComputers(folder, new TestingDoors(), server, settings, cluster::client);
    }

    private static boolean sandboxes() throws IOException {
        try {
            return new ProcessBuilder("bwrap", "--unshare-all", "--ro-bind", "/", "/", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        computers.close();
        cluster.close();
    }
}
