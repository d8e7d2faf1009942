package dev.drover.provider.tool.shell;

import java.util.List;
import java.util.Set;

/** What a shell would run for one line: all simple commands, those inside substitutions and subshells included. */
record ShellScript(List<Command> commands, Set<String> functions) {
    /**
     * A simple command.
     *
     * @param words without their quotes
     * @param end the operator behind it, empty at the end of the line
     */
    record Command(List<String> words, String end) {}
}
