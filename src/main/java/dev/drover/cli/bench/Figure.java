package dev.drover.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One thing to measure; it may tell several numbers. */
interface Figure {
    /** By which a user chooses it. */
    String name();

    /** After which it is given up. */
    default Duration longest() {
        return Duration.ofSeconds(150);
    }

    /** Whether it takes so long that users in a hurry have to ask for it by name. */
    default boolean isForThePatient() {
        return false;
    }

    /** Measures on servers of the site; an interrupt ends it early. */
    List<Outcome> measure(Site site) throws IOException, InterruptedException;
}
