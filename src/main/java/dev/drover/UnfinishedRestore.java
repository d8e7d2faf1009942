package dev.drover;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that stands in a data folder from the beginning of a restore to its end, so that no server takes half. */
final class UnfinishedRestore {
    private static final String NAME = "restore.unfinished";

    private UnfinishedRestore() {}

    static void refuse(Path data) {
        if (Files.exists(data.resolve(NAME))) {
            throw new StartFailure(("a restore into %s was not finished: empty the folder (and where you gave "
                            + "DROVER_DATABASE_URL, make that database anew), then run drover restore again")
                    .formatted(data));
        }
    }

    static void begin(Path data) throws IOException {
        Files.writeString(data.resolve(NAME), "See drover restore.\n");
    }

    static void end(Path data) throws IOException {
        Files.delete(data.resolve(NAME));
    }
}
