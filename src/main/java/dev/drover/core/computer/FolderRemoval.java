package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Removes folders that agents have filled: too deep for a path, closed to their owner, a million files. */
public final class FolderRemoval {
    private FolderRemoval() {}

    /** Removes a folder in which nobody is at work any more; returns when nothing is left of it. */
    public static void remove(Path folder) throws IOException {
        if (run("rm", "-rf", "--one-file-system", "--", folder.toString()) != 0) {
            run("chmod", "-R", "u+rwX", "--", folder.toString());
            run("rm", "-rf", "--one-file-system", "--", folder.toString());
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("folder " + folder + " could not be removed; remove it by hand");
        }
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Uninterrupted.await(Duration.ofDays(1), nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
        return process.exitValue();
    }
}
