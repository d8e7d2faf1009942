package dev.drover.core.connection;

import dev.drover.core.Refused;
import dev.drover.core.id.UserId;
import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import java.util.Optional;
import java.util.function.Consumer;

/** A model by what its connection is at each call: a run that takes hours notices that a key was changed. */
final class CurrentModel implements LanguageModel {
    private final Connections connections;
    private final MadeModels made;
    private final UserId user;
    private final ConnectionProfile wanted;
    private final LanguageModel first;

    /** @param first as it is now, for what does not change with the connection */
    CurrentModel(Connections connections, MadeModels made, UserId user, ConnectionProfile wanted, LanguageModel first) {
        this.connections = connections;
        this.made = made;
        this.user = user;
        this.wanted = wanted;
        this.first = first;
    }

    @Override
    public String name() {
        return first.name();
    }

    @Override
    public boolean reasons() {
        return first.reasons();
    }

    @Override
    public boolean sees() {
        return first.sees();
    }

    @Override
    public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws ModelFailure, InterruptedException {
        return now().ask(prompt, deltas);
    }

    private LanguageModel now() throws ModelFailure {
        Optional<ModelConnection> connection;
        try {
            connection = connections.models(user, wanted.connection());
        } catch (Refused databaseAway) {
            throw ModelFailure.passing(name() + " cannot be asked: its connection cannot be read", null, databaseAway);
        }
        return connection.map(found -> made.of(found, wanted.model())).orElseGet(() -> new GoneModel(wanted));
    }
}
