package dev.drover.cli;

import dev.drover.Settings;
import dev.drover.core.StartFailure;
import dev.drover.core.backup.BackupFile;
import dev.drover.core.backup.BackupManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Write everything a server keeps into one file, while it runs or while it does not.",
            "The file holds keys and secrets: it is as secret as the data folder itself."
        })
final class BackupCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Embedded embedded;

    @Mixin
    private final PlaceFlags flags = new PlaceFlags();

    @Option(names = "--url", paramLabel = "URL", description = "A running server (DROVER_URL).")
    private @Nullable String url;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Parameters(paramLabel = "FILE", description = "Where to, such as drover-2026-11-22.zip.")
    private Path file = Path.of("");

    BackupCommand(Surroundings around, Embedded embedded) {
        this.around = around;
        this.embedded = embedded;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.forPeople(around.err());
        long began = System.nanoTime();
        Map<String, String> environment = around.environment();
        Settings settings = flags.read(environment);
        Path target = file.toAbsolutePath().normalize();
        refuse(target, settings);
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Optional<URI> server = ServerFlags.named(url, environment).or(() -> new ServerFile(settings.data()).find());
            write(part, server, settings);
            try (BackupFile backup = BackupFile.open(part)) {
                backup.verify();
                publish(part, target);
                tell(backup, target, began);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        return 0;
    }

    /** A backup inside the folder would be in the next backup. */
    private void refuse(Path target, Settings settings) throws IOException {
        if (Files.exists(target) && !force) {
            throw new StartFailure(
                    "there is a file %s already: name another, or replace it with --force".formatted(target));
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StartFailure("there is no folder %s to write to: make it first".formatted(folder));
        }
        if (Files.exists(settings.data())
                && folder.toRealPath().startsWith(settings.data().toRealPath())) {
            throw new StartFailure(
                    "%s lies in the data folder, and would be in the next backup itself: name a file elsewhere"
                            .formatted(target));
        }
    }

    private void write(Path part, Optional<URI> server, Settings settings) throws IOException, InterruptedException {
        Files.deleteIfExists(part);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(part, fresh, ownerOnly);
                OutputStream out = Channels.newOutputStream(channel)) {
            if (server.isPresent()) {
                String key = ServerFlags.key(settings.data(), around.environment());
                try (DroverClient client = new DroverClient(server.get(), key)) {
                    client.download(Paths.BACKUP, out);
                }
            } else {
                embedded.backup(settings, out);
            }
            channel.force(true);
        }
    }

    /** Only now does the file get its name, so that a file of that name is whole. */
    private static void publish(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void tell(BackupFile backup, Path target, long began) throws IOException {
        BackupManifest manifest = backup.manifest();
        around.out()
                .println(("backed up %,d rows of %d tables and the files of the data folder to %s: %,.2f MB"
                                + " (%,.2f MB unpacked), verified, in %.1f s")
                        .formatted(
                                manifest.rows(),
                                manifest.tables().size(),
                                target,
                                Files.size(target) / 1e6,
                                manifest.bytes() / 1e6,
                                (System.nanoTime() - began) / 1e9));
        if (manifest.leftOut() > 0) {
            around.err()
                    .println("%d files could not be read as they were; left-out.txt in the backup names them, first: %s"
                            .formatted(
                                    manifest.leftOut(),
                                    backup.leftOut().lines().findFirst().orElse("")));
        }
    }
}
