package dev.drover.core.runtime;

import java.util.Map;

/**
 * How a program is started.
 *
 * @param arguments what follows the command, as a shell reads it
 * @param environment added to the computer's own; the agent can read it
 * @param input what it reads on its standard input, to the end
 */
public record Launch(String arguments, Map<String, String> environment, String input) {
    public Launch {
        environment = Map.copyOf(environment);
    }

    /** A word that a shell takes as it is, whatever is in it. */
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
