package dev.drover;

import dev.drover.cli.Commands;
import dev.drover.cli.Embedded;
import dev.drover.cli.Finding;
import dev.drover.cli.Surroundings;
import java.util.List;

/** Where it begins: the words of the command line, and a server for the commands that need one. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        System.exit(Commands.execute(Surroundings.ofProcess(), new Server(), new RunLogLaboratory(), List.of(words)));
    }

    private static final class Server implements Embedded {
        @Override
        public Running start(Settings settings) {
            return Plane.start(settings);
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return Examination.of(settings);
        }
    }
}
