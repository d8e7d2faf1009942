package dev.drover.core.computer;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where a script works on an agent's files, with the agent's rights and none of anybody else's. */
@FunctionalInterface
public interface Chamber {
    /**
     * Runs it with {@code /bin/sh}; it finds the workspace at {@code /home}, what runners keep for themselves at
     * {@code /state}, and nothing else of the host's.
     *
     * @throws IOException when it fails, with what it said
     */
    void run(Home home, String script, List<String> arguments, Map<String, String> environment) throws IOException;
}
