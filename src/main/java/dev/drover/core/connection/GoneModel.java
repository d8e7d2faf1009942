package dev.drover.core.connection;

import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import java.util.function.Consumer;

/** A model whose connection was deleted: whoever asks it is told so, and the run ends with that. */
record GoneModel(ConnectionProfile wanted) implements LanguageModel {
    @Override
    public String name() {
        return wanted.name();
    }

    @Override
    public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws ModelFailure {
        throw ModelFailure.lasting(
                "%s cannot be asked: connection %s was deleted; give the agent a model of another one"
                        .formatted(wanted.model(), wanted.connection()),
                null);
    }
}
