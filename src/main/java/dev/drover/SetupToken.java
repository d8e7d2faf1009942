package dev.drover;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import dev.drover.core.access.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file {@code setup.token} in the data folder, for whoever sets the server up from another machine. */
final class SetupToken {
    private static final Logger LOG = LoggerFactory.getLogger(SetupToken.class);

    private SetupToken() {}

    private static Path file(Path data) {
        return data.resolve("setup.token");
    }

    /** The same from start to start, until the setup is completed. */
    static String keep(Path data) {
        return SecretFile.keep(file(data), SecretFile::random);
    }

    /** While it is of use it is in the log as well; afterwards it goes. */
    static void tell(Path data, Setup setup) {
        if (!setup.isCompleted()) {
            LOG.warn(
                    "the server waits for its setup: POST /api/setup/admin-password; from another machine with the"
                            + " setup_token {}, which is also in {}",
                    keep(data),
                    file(data));
            return;
        }
        try {
            Files.deleteIfExists(file(data));
        } catch (IOException e) {
            throw new StartFailure("cannot delete " + file(data) + ": " + e.getMessage(), e);
        }
    }
}
