package dev.drover.core.run;

import dev.drover.core.Json;

/** Writes what an entry says as JSON, and reads it back: equal to what was written, by any later version too. */
public interface EventCodec {
    Json write(Entry entry);

    /** The entry of the kind given; a field that an older version did not write gets its plainest value. */
    Entry read(EventKind kind, Json payload);
}
