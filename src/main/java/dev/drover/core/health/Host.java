package dev.drover.core.health;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process was given by its host. */
public final class Host {
    private static final long LEAST_DISK_MIB = 1_024;
    private static final int MOST_PERCENT = 95;

    private Host() {}

    public static Finding java() {
        String text = "%s (%s), heap up to %d MiB"
                .formatted(
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"),
                        mebibytes(Runtime.getRuntime().maxMemory()));
        return new Finding("java", true, text, "");
    }

    /** How full the heap is; what could be cleared counts as full, so that a high number alone is no fault. */
    public static Finding heap() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        long percent = 100 * used / runtime.maxMemory();
        boolean ok = percent < MOST_PERCENT;
        return new Finding(
                "heap",
                ok,
                "%d MiB of at most %d MiB heap in use (%d %%)"
                        .formatted(mebibytes(used), mebibytes(runtime.maxMemory()), percent),
                ok ? "" : "give the server more with DROVER_JAVA_OPTS=-Xmx4g, or let fewer agents run at once");
    }

    /** The disk below a folder; the folder itself may be yet to be made. */
    public static Finding disk(Path folder) {
        Path there = folder.toAbsolutePath();
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            FileStore store = Files.getFileStore(there);
            long free = mebibytes(store.getUsableSpace());
            boolean ok = free >= LEAST_DISK_MIB;
            return new Finding(
                    "disk",
                    ok,
                    "%s has %d MiB free of %d MiB".formatted(folder, free, mebibytes(store.getTotalSpace())),
                    ok ? "" : "make room: below " + LEAST_DISK_MIB + " MiB agents' work soon fails");
        } catch (IOException e) {
            return new Finding(
                    "disk", false, "cannot look at " + folder + ": " + e.getMessage(), "see whether the disk is there");
        }
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
