package dev.drover;

import dev.drover.core.retention.Retention;
import dev.drover.core.retention.RetentionStores;
import dev.drover.provider.json.JacksonEventCodec;
import java.time.Duration;

/** Lets go of what is old, on one server of all. */
final class KeepSetup {
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private KeepSetup() {}

    /** Before anything is started. */
    static void open(Core core) {
        Ground ground = core.ground();
        Retention retention = core.closing()
                .with(new Retention(
                        core.settings().keep().keeping(),
                        RetentionStores.in(ground.database().jdbi(), new JacksonEventCodec()),
                        core.room().agents(),
                        ground.database(),
                        core.book().clock()));
        ground.clockwork().every("old-records", PAUSE, retention::prune);
    }
}
