package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.make.MakeConnections;
import dev.drover.api.make.MakeProviders;
import dev.drover.api.make.MakeTeam;
import dev.drover.core.audit.Audit;
import dev.drover.core.connection.ConnectionModels;
import dev.drover.core.connection.ConnectionStore;
import dev.drover.core.connection.Connections;
import dev.drover.core.connection.ServerConnections;
import dev.drover.core.credential.Vault;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ModelProfiles;
import dev.drover.provider.model.langchain4j.LangChainMaker;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Accounts at services outside: the server's own and those of users, and the models behind them. */
record ConnectionRoom(Connections connections, ConnectionModels models, ModelProfiles profiles) {
    static ConnectionRoom open(
            Settings settings, Ground ground, Vault vault, EgressGuard guard, Audit audit, Clock clock) {
        List<ModelProfile> own = ModelSetup.own(settings);
        ServerConnections servers = new ServerConnections(ModelSetup.connections(settings, own));
        Connections connections = new Connections(
                new ConnectionStore(ground.database().jdbi()),
                servers,
                vault,
                url -> objection(guard, url),
                new Connections.Book(ground.database(), audit, clock));
        ConnectionModels models =
                new ConnectionModels(connections, servers, ModelSetup.maker(new LangChainMaker(guard)), clock);
        return new ConnectionRoom(connections, models, new ModelProfiles(own, models));
    }

    List<Route> routes(MakeTeam team) {
        return Routes.makeConnections(new MakeConnections(connections, team), new MakeProviders(models, team));
    }

    /** A name without an address may have one when it is called. */
    private static Optional<String> objection(EgressGuard guard, String url) {
        try {
            guard.check(url);
            return Optional.empty();
        } catch (EgressDenied denied) {
            return denied.isUnresolved() ? Optional.empty() : Optional.of(denied.reason());
        }
    }
}
