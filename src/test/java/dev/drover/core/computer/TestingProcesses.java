package dev.drover.core.computer;

import java.util.Arrays;
import java.util.List;

/** Looks for processes of this host. */
public final class TestingProcesses {
    private TestingProcesses() {}

    /** All processes that have exactly this among their arguments. */
    public static List<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(argument))
                        .orElse(false))
                .toList();
    }
}
