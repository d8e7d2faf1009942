package dev.drover.core.backup;

import dev.drover.core.access.Caller;
import dev.drover.core.access.Scope;
import dev.drover.core.audit.Audit;
import java.io.IOException;
import java.io.OutputStream;

/** Copies of everything, for whoever keeps the server. */
public final class Backups {
    private final BackupSource source;
    private final Audit audit;

    public Backups(BackupSource source, Audit audit) {
        this.source = source;
        this.audit = audit;
    }

    /** Writes a whole backup. */
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** A backup holds every secret and every key: nobody gets it who may not do everything. */
    public Writing take(Caller caller) {
        caller.needAdmin();
        for (Scope scope : Scope.values()) {
            caller.need(scope);
        }
        audit.record(caller.actor(), "backup.take", "server", "");
        return source::write;
    }
}
