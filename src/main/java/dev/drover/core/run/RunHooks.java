package dev.drover.core.run;

import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Hears of what becomes of runs, inside the transactions that store it, so that nothing falls between. */
public interface RunHooks {
    /** Where nobody wants to hear. */
    RunHooks NONE = new RunHooks() {
        @Override
        public void check(RunWebhook wish) {}

        @Override
        public void keep(RunId run, UserId owner, RunWebhook wish) {}

        @Override
        public void kept() {}

        @Override
        public Optional<String> secretOf(RunId run) {
            return Optional.empty();
        }

        @Override
        public void changed(Map<RunId, RunStatus> changes, Function<RunId, RunView> view) {}
    };

    /** Refuses a wish that cannot be met; before anything is stored, since names are looked up for it. */
    void check(RunWebhook wish);

    /** Keeps the hook that a run brings along; one that signs with its secret or a new one. */
    void keep(RunId run, UserId owner, RunWebhook wish);

    /** The transaction in which a hook was kept is over: whoever asks for hooks finds it from now on. */
    void kept();

    /** What signs for the hook that a run brought along; empty when nothing does. */
    Optional<String> secretOf(RunId run);

    /**
     * What it stores is kept or lost with the change itself; what it throws undoes the change.
     *
     * @param changes the new status of each run; one that another holder takes up may be {@code RUNNING} again
     * @param view reads a run as it is now, without its story
     */
    void changed(Map<RunId, RunStatus> changes, Function<RunId, RunView> view);
}
