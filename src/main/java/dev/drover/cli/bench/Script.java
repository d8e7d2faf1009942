package dev.drover.cli.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the stand-in model is to do in one run. It travels as the run's task, so the model needs no memory of runs.
 *
 * @param run tells runs apart
 * @param turns how often a tool is called before the final text
 * @param delayMillis before each answer
 * @param held whether the first answer waits until the model is told to go on
 */
record Script(String run, int turns, Tool tool, long delayMillis, boolean held) {
    private static final Pattern TASK =
            Pattern.compile("bench (\\w+) turns=(\\d+) tool=(\\w+) delay=(\\d+) held=(\\w+)");

    /** Tools that the model calls. */
    enum Tool {
        LIST("jettson_files_list", "{}"),
        SHELL("jettson_shell_run", "{\\\"command\\\":\\\"echo hello\\\"}");

        final String shown;
        final String escapedInput;

        Tool(String shown, String escapedInput) {
            this.shown = shown;
            this.escapedInput = escapedInput;
        }
    }

    String task() {
        return "bench %s turns=%d tool=%s delay=%d held=%s".formatted(run, turns, tool, delayMillis, held);
    }

    /** The script in the body of a request to the model. */
    static Script in(String body) {
        Matcher task = TASK.matcher(body);
        if (!task.find()) {
            throw new IllegalArgumentException("a request for no run of the bench: " + body);
        }
        return new Script(
                task.group(1),
                Integer.parseInt(task.group(2)),
                Tool.valueOf(task.group(3)),
                Long.parseLong(task.group(4)),
                Boolean.parseBoolean(task.group(5)));
    }
}
