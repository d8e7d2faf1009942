package dev.drover.cli.bench;

import dev.drover.core.run.RunLogTrial;
import java.nio.file.Path;

/** Parts of the server on their own, for what no client can see by itself; Main hands in the real ones. */
public interface Laboratory {
    /** A run log over an embedded database of its own, in a folder that is still empty. */
    OpenLog openLog(Path data);

    /** A log that can be tried until it is closed. */
    interface OpenLog extends AutoCloseable {
        RunLogTrial trial();

        @Override
        void close();
    }
}
