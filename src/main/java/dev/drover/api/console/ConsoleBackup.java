package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.backup.Backups;

/** A backup of the whole server, streamed while it is taken. */
public final class ConsoleBackup {
    private static final String TYPE = "application/zip";

    private final Backups backups;

    public ConsoleBackup(Backups backups) {
        this.backups = backups;
    }

    public Operation take() {
        return Operation.of(
                        "Take a backup of everything, keys and secrets included, as an administrator with every right;"
                                + " it is whole when its last entry, manifest.txt, has come",
                        this::take)
                .answersType(200, TYPE);
    }

    private Answer take(Call call) {
        Backups.Writing writing = backups.take(call.caller());
        return Answer.written(TYPE, writing::to)
                .with("Content-Disposition", "attachment; filename=\"drover-backup.zip\"");
    }
}
