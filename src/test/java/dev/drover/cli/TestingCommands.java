package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.health.Finding;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The command line where a server runs already: commands ask that one, and start or keep nothing themselves. */
final class TestingCommands {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    int execute(Map<String, String> environment, String... words) {
        out.reset();
        err.reset();
        Surroundings around = new Surroundings(environment, stream(out), stream(err), false, false);
        return Commands.execute(
                around,
                new Nothing(),
                folder -> {
                    throw new IllegalStateException("nothing is measured here");
                },
                List.of(words));
    }

    /** What the last command printed. */
    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What it told beside that. */
    String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private static final class Nothing implements Embedded {
        @Override
        public Running start(Settings settings) {
            throw new IllegalStateException("nothing is started here");
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return List.of();
        }

        @Override
        public void backup(Settings settings, OutputStream backup) {
            throw new IllegalStateException("nothing is backed up here");
        }

        @Override
        public void restore(Settings settings, BackupFile backup) {
            throw new IllegalStateException("nothing is restored here");
        }
    }
}
