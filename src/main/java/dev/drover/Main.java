package dev.drover;

import dev.drover.cli.Commands;
import dev.drover.cli.Embedded;
import dev.drover.cli.Surroundings;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.health.Finding;
import java.io.IOException;
import java.io.OutputStream;
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
            try {
                return Plane.start(settings);
            } catch (StartFailure e) {
                throw byTheGivenName(settings, e);
            }
        }

        @Override
        public void backup(Settings settings, OutputStream out) throws IOException {
            try {
                BackupRoom.write(settings, out);
            } catch (StartFailure e) {
                throw byTheGivenName(settings, e);
            }
        }

        @Override
        public void restore(Settings settings, BackupFile backup) {
            try {
                Restoring.restore(settings, backup);
            } catch (StartFailure e) {
                throw byTheGivenName(settings, e);
            }
        }

        @Override
        public List<Finding> examine(Settings settings) {
            return Examination.of(settings);
        }

        /** The server may reach its folder by another path; what is said keeps the one that the user gave. */
        private static StartFailure byTheGivenName(Settings settings, StartFailure failure) {
            String message = String.valueOf(failure.getMessage());
            return new StartFailure(
                    message.replace(settings.reach().toString(), settings.data().toString()), failure);
        }
    }
}
