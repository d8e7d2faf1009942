package dev.drover;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import dev.drover.core.access.FirstStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file {@code operator.key} in the data folder, with which the command line acts as admin. */
final class OperatorKey {
    private OperatorKey() {}

    /** Makes sure that the file holds a key this database knows; one of another database is replaced. */
    static void keep(Path data, FirstStart firstStart) {
        Path file = data.resolve("operator.key");
        if (Files.exists(file) && firstStart.isOperatorKey(SecretFile.keep(file, SecretFile::random))) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StartFailure("cannot replace " + file + ": " + e.getMessage(), e);
        }
        SecretFile.keep(file, firstStart::operatorKey);
    }
}
