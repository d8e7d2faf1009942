package dev.drover.chaos;

import dev.drover.testing.TestingFolders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The disk that servers and their database lie on: a small one of its own where we may mount one. */
final class Disk implements AutoCloseable {
    private static final int MEBIBYTE = 1 << 20;

    private final Path folder = TestingFolders.create();
    private final boolean own;

    Disk(int megabytes) {
        this.own = run(
                "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m,mode=711", "drover-chaos", folder.toString());
    }

    Path folder() {
        return folder;
    }

    /** Whether it can be filled without harm to anybody else. */
    boolean own() {
        return own;
    }

    void fill() {
        if (!own) {
            return;
        }
        byte[] block = new byte[MEBIBYTE];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (int size = MEBIBYTE; size > 0; size /= 2) {
                writeAll(out, block, size);
            }
        } catch (IOException full) {
            // Closing may say once more that it is full.
        }
    }

    private static void writeAll(OutputStream out, byte[] block, int size) {
        try {
            while (true) {
                out.write(block, 0, size);
            }
        } catch (IOException full) {
            // As it shall be.
        }
    }

    void empty() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        if (own && !run("umount", folder.toString())) {
            // Somebody is still in it, which has been told as a violation.
            run("umount", "--lazy", folder.toString());
        }
        TestingFolders.delete(folder);
    }

    static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
