package dev.drover.core.runtime;

import dev.drover.core.Json;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Reply;
import dev.drover.core.model.Usage;
import org.jspecify.annotations.Nullable;

/** What a program tells while it works. */
public sealed interface Told {
    /** The name of its own conversation, by which it can be told to go on with it. */
    record Session(String id) implements Told {}

    /** A piece of what its model says, while that is being said. */
    record Piece(Delta delta) implements Told {}

    /** Its model has spoken; the calls are about to run, or already do. */
    record Replied(Reply reply) implements Told {}

    /** What came of one call. */
    record Returned(String callId, Json output, boolean isError) implements Told {}

    /** A remark for people. */
    record Remarked(String text) implements Told {}

    /**
     * What all of it used.
     *
     * @param usage of the whole start, what the replies told included
     * @param dollars null when it does not know
     * @param sinceBegin whether that is of the whole session, with what earlier starts used in it
     */
    record Charged(Usage usage, @Nullable Double dollars, boolean sinceBegin) implements Told {}

    record Finished(String result) implements Told {}

    record Failed(String message) implements Told {}
}
