package dev.drover.core.runtime;

import java.util.Map;

/**
 * How a program is started, in words of a shell. These variables are set by then: {@code DROVER_RUNTIME}, a folder
 * for the program's own things, and {@code DROVER_MODELS}, where the computer's door leads to models.
 *
 * @param before lines of the same shell before it, such as {@code export} ones
 * @param arguments what follows the command
 * @param files by their names in {@code DROVER_RUNTIME}, written before
 * @param environment added to the computer's own; the agent can read it
 * @param input what it reads on its standard input, to the end
 */
public record Launch(
        String before, String arguments, Map<String, String> files, Map<String, String> environment, String input) {
    public Launch {
        files = Map.copyOf(files);
        environment = Map.copyOf(environment);
    }

    /** A word that a shell takes as it is, whatever is in it. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
