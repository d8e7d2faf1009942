package dev.drover.core.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;

/**
 * What backups are made of.
 *
 * @param drover the version of this server
 */
public record BackupSource(Tables tables, DataFiles files, String drover, Clock clock) {
    /** From the first byte to the last; what it throws leaves a file without its end, which nobody takes for whole. */
    public BackupManifest write(OutputStream out) throws IOException {
        return new BackupWriter(out).write(tables, files, drover, clock.instant());
    }
}
