package dev.drover.core.memory;

import dev.drover.core.id.UserId;
import dev.drover.core.model.ModelProfile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run does with memory by itself: it is reminded as it begins, and leaves something behind at its end. */
public interface Remembrance {
    /** Neither reminds nor learns. */
    Remembrance NONE = new Remembrance() {
        @Override
        public List<Reminder> recall(UserId user, @Nullable String namespace, String task, Duration patience) {
            return List.of();
        }

        @Override
        public void learn(UserId user, String namespace, ModelProfile profile, String story) {}
    };

    /**
     * What the user's memories say about a task, best first. A user who has none costs one question to the database.
     *
     * @param namespace null for all of them
     * @param patience how long to wait for the model; without it, words alone decide
     */
    List<Reminder> recall(UserId user, @Nullable String namespace, String task, Duration patience)
            throws InterruptedException;

    /** Lets the model pick facts out of the story of a run, later and elsewhere; what comes of it may be nothing. */
    void learn(UserId user, String namespace, ModelProfile profile, String story);
}
