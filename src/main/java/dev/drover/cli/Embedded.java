package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.StartFailure;
import dev.drover.core.health.Finding;
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

        /** Stops it in order; a second call does nothing. */
        @Override
        void close();
    }
}
