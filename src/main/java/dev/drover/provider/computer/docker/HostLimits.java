package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Ulimit;
import dev.drover.core.computer.ComputerSpec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process may take by itself. Podman asks for more than a host gives when it is told less than both of files and
 * processes, and nobody but the mightiest may go beyond the host's hard limits.
 *
 * @param files open at once
 * @param processes of one user, whose other containers count too: what bounds a computer is its control group
 */
record HostLimits(long files, long processes) {
    private static final long MOST = 1 << 20;
    private static final int SPARE = 64;

    static HostLimits ofThisHost() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/self/limits"));
            return new HostLimits(hard(lines, "Max open files"), hard(lines, "Max processes") - SPARE);
        } catch (IOException e) {
            return new HostLimits(1024, 4096);
        }
    }

    /** The third column; the name takes the first 26 places. */
    private static long hard(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(26).strip().split("\\s+", -1)[1])
                .filter(number -> !number.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .map(number -> Math.min(MOST, number))
                .findFirst()
                .orElse(MOST);
    }

    /** A core limit of 1 instead of 0 also keeps the kernel from piping the core to a program of the host. */
    Ulimit[] ulimits(Limits limits) {
        return new Ulimit[] {
            new Ulimit("nofile", files, files),
            new Ulimit("nproc", processes, processes),
            new Ulimit("fsize", limits.diskBytes(), limits.diskBytes()),
            new Ulimit("core", 1L, 1L)
        };
    }
}
