package dev.drover.core.run;

import dev.drover.core.memory.Remembrance;
import dev.drover.core.memory.Reminder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what the user's memories say about a task while the computer is being opened, so that the run hardly ever
 * waits for it.
 */
final class Reminders {
    private static final Logger log = LoggerFactory.getLogger(Reminders.class);

    /** A model that is not loaded yet comes in time for the next run. */
    private static final Duration FOR_THE_MODEL = Duration.ofMillis(300);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Remembrance memory;
    private @Nullable FutureTask<List<Reminder>> looking;

    Reminders(Remembrance memory) {
        this.memory = memory;
    }

    /** Begins to look, unless the log says that it has been done or that the run is too far for it. */
    void look(Held held, Transcript transcript) {
        RunMemory wish = held.options().memory();
        if (wish.recall() && transcript.reminders() == null && transcript.iterations() == 0) {
            FutureTask<List<Reminder>> task = new FutureTask<>(() ->
                    memory.recall(held.owner(), wish.namespace(), held.run().task(), FOR_THE_MODEL));
            looking = task;
            Thread.ofVirtual().name("recall").start(task);
        }
    }

    /** Writes down what was found, so that whoever takes the run over tells the model the same. */
    void taken(LogWriter writer, Transcript transcript) throws InterruptedException {
        FutureTask<List<Reminder>> task = looking;
        if (task == null) {
            return;
        }
        try {
            List<Reminder> found = task.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!found.isEmpty()) {
                Entry recalled = writer.masking().of(new Entry.Recalled(found));
                writer.appendSoon(recalled);
                transcript.take(recalled);
            }
        } catch (TimeoutException e) {
            task.cancel(true);
            log.debug("a run begins without its memories, which took too long");
        } catch (ExecutionException e) {
            log.warn("a run begins without its memories", e);
        }
    }
}
