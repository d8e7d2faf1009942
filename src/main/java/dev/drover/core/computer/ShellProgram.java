package dev.drover.core.computer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/** The resident shell's program, and how it is called. */
public final class ShellProgram {
    public static final String NAME = "resident-shell.pl";

    private ShellProgram() {}

    /** Puts the program into a folder, readable for all; harmless when it is there already. */
    public static Path install(Path folder) throws IOException {
        try (InputStream program =
                Objects.requireNonNull(ShellProgram.class.getResourceAsStream(NAME), "resource " + NAME)) {
            return install(folder.resolve(NAME), program.readAllBytes());
        }
    }

    public static Path install(Path file, String content) throws IOException {
        return install(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a file that every computer reads in its place at once, so that none ever sees half of it. */
    public static Path install(Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), "install", null);
        Files.write(temporary, content);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
        return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The command line of a shell, with paths as seen where it runs.
     *
     * @param door the socket of the way out; empty on the host's network
     */
    public static List<String> command(String program, String socket, String folder, String door) {
        String prctl = System.getProperty("os.arch").equals("aarch64") ? "167" : "157";
        return List.of("perl", program, socket, prctl, Integer.toString(Execution.OUTPUT_LIMIT), folder, door);
    }
}
