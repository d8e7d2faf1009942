package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.access.Caller;
import dev.drover.core.connection.ConnectionModels;
import dev.drover.core.id.ConnectionId;
import java.util.List;

/** Who answers when a model is asked, and which models there are (contract, section 3.9). */
public final class MakeProviders {
    private final ConnectionModels models;
    private final MakeTeam team;

    public MakeProviders(ConnectionModels models, MakeTeam team) {
        this.models = models;
        this.team = team;
    }

    public Operation list() {
        return Operation.of("List providers of models, each a connection", this::list)
                .query("teamId", Integer.class, "The team")
                .answers(200, MakeProvider[].class)
                .refuses(400, 429);
    }

    private Answer list(Call call) {
        Caller caller = team.caller(call);
        return Answer.ok(MakePage.cut(
                call,
                models.providers(caller).stream()
                        .map(provider -> new MakeProvider(provider.id().value(), provider.provider(), provider.name()))
                        .toList()));
    }

    public Operation get() {
        return Operation.of("Get a provider of models, as the one element of an array", this::get)
                .query("teamId", Integer.class, "The team")
                .answers(200, MakeProvider.Alone[].class)
                .refuses(400, 404, 429);
    }

    private Answer get(Call call) {
        Caller caller = team.caller(call);
        ConnectionId id = id(call);
        return Answer.ok(List.of(
                new MakeProvider.Alone(id.value(), models.provider(caller, id).provider())));
    }

    public Operation models() {
        return Operation.of(
                        "List models: the server's profiles, what is configured, what the provider tells", this::models)
                .query("teamId", Integer.class, "The team")
                .answers(200, MakeModel[].class)
                .refuses(400, 404, 429);
    }

    private Answer models(Call call) {
        Caller caller = team.caller(call);
        return Answer.ok(MakePage.cut(
                call,
                models.models(caller, id(call)).stream().map(MakeModel::of).toList()));
    }

    private static ConnectionId id(Call call) {
        return new ConnectionId(MakeTeam.number(call, "providerId"));
    }
}
