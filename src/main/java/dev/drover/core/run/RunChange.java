package dev.drover.core.run;

import org.jspecify.annotations.Nullable;

/** What an append changes in the run's row, in the same transaction. */
sealed interface RunChange {
    /** What it makes of the run. */
    RunStatus status();

    /** The computer is up; the duration clock starts here. */
    record Started() implements RunChange {
        @Override
        public RunStatus status() {
            return RunStatus.RUNNING;
        }
    }

    record Ended(
            RunStatus status,
            @Nullable String result,
            @Nullable FailureReason error) implements RunChange {
        static Ended of(Entry.Ended entry) {
            return switch (entry) {
                case Entry.Completed completed -> new Ended(RunStatus.COMPLETED, completed.result(), null);
                case Entry.Failed failed -> new Ended(RunStatus.ERROR, null, failed.reason());
                case Entry.Stopped stopped -> new Ended(RunStatus.STOPPED, null, null);
            };
        }
    }
}
