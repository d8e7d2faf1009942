package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the kernel says about a process's memory. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** Memory that is in use now, in MiB; pages of files that it maps, such as the start-up cache, count too. */
    static double residentMebibytes(long pid) throws IOException {
        return mebibytes(pid, "VmRSS:");
    }

    /** Of that, what maps files, in MiB: the kernel can drop it and read it again. */
    static double fileMebibytes(long pid) throws IOException {
        return mebibytes(pid, "RssFile:");
    }

    /** Of that, what is neither a file nor shared with anybody, in MiB; nothing when the process has just ended. */
    static double ownMebibytes(long pid) throws IOException {
        try {
            return mebibytes(pid, "RssAnon:");
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static double mebibytes(long pid, String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel does not tell " + field + " of process " + pid));
    }
}
