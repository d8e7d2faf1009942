package dev.drover.provider.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A running PostgreSQL, as its {@code postmaster.pid} describes it. */
record Postmaster(Path data, long pid, int port, String status) {
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** Empty when there is no file, or it is not written yet. */
    static Optional<Postmaster> in(Path data) {
        try {
            List<String> lines = Files.readAllLines(file(data), StandardCharsets.ISO_8859_1);
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            String status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "starting";
            return Optional.of(new Postmaster(
                    data,
                    Long.parseLong(lines.getFirst().strip()),
                    Integer.parseInt(lines.get(PORT_LINE).strip()),
                    status));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** A pid is reused; a process that stands in this very folder is no stranger. A zombie stands nowhere. */
    boolean isAlive() {
        return link("cwd").filter(data::equals).isPresent();
    }

    boolean isReady() {
        return status.equals("ready");
    }

    boolean isStopping() {
        return status.equals("stopping");
    }

    /** Whether it is the program, with the words, that would be started today. */
    boolean runs(List<String> words) {
        try {
            String[] words0 =
                    Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0");
            return List.of(words0).equals(words) && link("exe").equals(Optional.of(Path.of(words.getFirst())));
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Path> link(String name) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/" + name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
