package dev.drover.cli.bench;

import java.io.IOException;
import java.util.List;

/** One thing to measure; it may tell several numbers. */
interface Figure {
    /** By which a user chooses it. */
    String name();

    /** Measures on servers of the site; an interrupt ends it early. */
    List<Outcome> measure(Site site) throws IOException, InterruptedException;
}
