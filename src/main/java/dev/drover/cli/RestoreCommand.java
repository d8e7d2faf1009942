package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.backup.BackupManifest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Put what drover backup wrote into an empty data folder and an empty database.",
            "The whole file is checked before anything is changed."
        })
final class RestoreCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Embedded embedded;

    @Mixin
    private final PlaceFlags flags = new PlaceFlags();

    @Parameters(paramLabel = "FILE", description = "What drover backup wrote.")
    private Path file = Path.of("");

    RestoreCommand(Surroundings around, Embedded embedded) {
        this.around = around;
        this.embedded = embedded;
    }

    @Override
    public Integer call() {
        Logging.forPeople(around.err());
        long began = System.nanoTime();
        Settings settings = flags.read(around.environment());
        try (BackupFile backup = BackupFile.open(file)) {
            embedded.restore(settings, backup);
            BackupManifest manifest = backup.manifest();
            around.out()
                    .println(("restored %,d rows of %d tables and the files of the data folder into %s, as they were"
                                    + " at %s, in %.1f s")
                            .formatted(
                                    manifest.rows(),
                                    manifest.tables().size(),
                                    settings.data(),
                                    manifest.takenAt(),
                                    (System.nanoTime() - began) / 1e9));
        }
        around.out().println("Start it with drover serve; runs that were under way go on.");
        return 0;
    }
}
