package dev.drover.core.run;

import dev.drover.core.Json;

/**
 * Writes {@link RunOptions#kept} and briefs as JSON, and reads them back: equal to what was written, by any later
 * version too.
 */
public interface OptionsCodec {
    Json write(RunOptions options);

    RunOptions read(Json stored);

    Json write(Brief brief);

    Brief readBrief(Json stored);
}
