package dev.drover;

import dev.drover.cli.Commands;
import dev.drover.cli.Embedded;
import dev.drover.cli.Finding;
import dev.drover.cli.Surroundings;
import dev.drover.core.StartFailure;
import java.util.List;

/** Where it begins: the words of the command line, and a server for the commands that need one. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        System.exit(Commands.execute(Surroundings.ofProcess(), new NoServer(), List.of(words)));
    }

    /** Stands where the Plane will. */
    private static final class NoServer implements Embedded {
        @Override
        public Running start(Settings settings) {
            throw new StartFailure("this build holds no server");
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return List.of(new Finding("server", false, "this build holds none", ""));
        }
    }
}
