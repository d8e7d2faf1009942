package dev.drover.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command finds around itself.
 *
 * @param errIsTerminal whether a person watches what goes to {@code err}, so that a line may be written over
 */
public record Surroundings(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal) {
    /** Set by the launcher, which can ask about each stream; Java knows only of both together. */
    private static final String TERMINALS = "drover.terminal";

    private static final int USUAL_WIDTH = 100;

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** The real ones. */
    public static Surroundings ofProcess() {
        String terminals = System.getProperty(TERMINALS, "");
        return new Surroundings(
                System.getenv(),
                stream(new FileOutputStream(FileDescriptor.out)),
                stream(new FileOutputStream(FileDescriptor.err)),
                terminals.contains("out"),
                terminals.contains("err"));
    }

    /** Always UTF-8: agents write any letter, and a plain C locale would turn most into question marks. */
    private static PrintStream stream(OutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    Style errStyle() {
        return new Style(errIsTerminal && !environment.containsKey("NO_COLOR"));
    }

    Style outStyle() {
        return new Style(outIsTerminal && !environment.containsKey("NO_COLOR"));
    }

    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}") ? Math.max(40, Integer.parseInt(columns)) : USUAL_WIDTH;
    }

    /** One line about what went wrong. */
    void complain(String message) {
        err.println("drover: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
