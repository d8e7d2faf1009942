package dev.drover.core.tool;

import dev.drover.core.Json;

/** Makes a tool's output fit to be stored and to be given to a model. */
@FunctionalInterface
public interface ResultTrimmer {
    /**
     * The same object in at most {@code limit} bytes of UTF-8, with a note where something was cut; NUL characters and
     * halves of surrogate pairs, which databases and vendors refuse, become U+FFFD.
     */
    Json trim(Json object, int limit);
}
