package dev.drover.core.run;

import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Stands in for a model: answers and fails as the log says that it did. */
record ReplayModel(ReplayLog log) implements LanguageModel {
    @Override
    public String name() {
        return "replay";
    }

    @Override
    public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws ModelFailure, InterruptedException {
        Optional<Entry> due = log.due();
        if (due.isPresent() && due.get() instanceof Entry.ModelReplied replied) {
            return replied.reply();
        }
        if (due.isPresent() && due.get() instanceof Entry.ModelFailed failed) {
            Long wait = failed.nextTry();
            throw wait == null
                    ? ModelFailure.lasting(failed.reason(), null)
                    : ModelFailure.passing(failed.reason(), Duration.ofMillis(wait), null);
        }
        throw new InterruptedException("the log tells of no answer");
    }
}
