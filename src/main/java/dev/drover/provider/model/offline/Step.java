package dev.drover.provider.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One explicit step of a task: a line of its own. */
sealed interface Step {
    /** The end of the name of the tool that does it. */
    String tool();

    Map<String, String> input();

    record Shell(String command) implements Step {
        @Override
        public String tool() {
            return "shell_run";
        }

        @Override
        public Map<String, String> input() {
            return Map.of("command", command);
        }
    }

    record Get(String url) implements Step {
        @Override
        public String tool() {
            return "http_request";
        }

        @Override
        public Map<String, String> input() {
            return Map.of("method", "GET", "url", url);
        }
    }

    record Read(String path) implements Step {
        @Override
        public String tool() {
            return "files_read";
        }

        @Override
        public Map<String, String> input() {
            return Map.of("path", path);
        }
    }

    record Write(String path, String text) implements Step {
        @Override
        public String tool() {
            return "files_write";
        }

        @Override
        public Map<String, String> input() {
            return Map.of("path", path, "content", text);
        }
    }

    /** The steps of a task in order; every other line is prose. */
    static List<Step> of(String task) {
        List<Step> steps = new ArrayList<>();
        for (String line : task.lines().toList()) {
            Matcher step = Line.STEP.matcher(line.strip());
            if (step.matches()) {
                steps.add(of(step));
            }
        }
        return steps;
    }

    private static Step of(Matcher line) {
        if (line.group("command") != null) {
            return new Shell(line.group("command"));
        }
        if (line.group("url") != null) {
            return new Get(line.group("url"));
        }
        if (line.group("read") != null) {
            return new Read(line.group("read"));
        }
        return new Write(line.group("write"), line.group("text"));
    }

    /** How a step is written. Paths and addresses hold no blanks, so that "READ the manual" stays prose. */
    final class Line {
        private static final Pattern STEP = Pattern.compile("\\$ +(?<command>.+)|GET +(?<url>\\S+)|READ +(?<read>\\S+)"
                + "|WRITE +(?<write>[^\\s:]+): ?(?<text>.*)");

        private Line() {}
    }
}
