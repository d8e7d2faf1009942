package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.health.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A server inside this JVM, as far as the command line needs one; Main hands in the real one. */
public interface Embedded {
    /**
     * Starts a server and returns when it answers requests.
     *
     * @throws StartFailure in words for the person who started it; nothing is left running then
     */
    Running start(Settings settings);

    /** What a server with these settings would stand on, as it is found here and now. Starts nothing that stays. */
    List<Finding> examine(Settings settings);

    /** Writes a backup of what a server with these settings would work on, while none works on its data folder. */
    void backup(Settings settings, OutputStream out) throws IOException;

    /** Puts a backup that was verified into an empty data folder and an empty database. */
    void restore(Settings settings, BackupFile backup);

    /** A server that answers. */
    interface Running extends AutoCloseable {
        /** Where it listens, with the port it really got. */
        URI url();

        /** The model in force, in a few words. */
        String model();

        /** The kind of computers in force, in a few words. */
        String computers();

        /** The password of {@code admin} when this start made it up; it is never shown again. */
        Optional<String> newPassword();

        /** Says that it is about to stop, and answers a while longer; whoever can goes elsewhere meanwhile. */
        void drain();

        /** Stops it in order; a second call does nothing. */
        @Override
        void close();
    }
}
