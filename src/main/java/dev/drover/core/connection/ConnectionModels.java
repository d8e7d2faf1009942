package dev.drover.core.connection;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.ModelMaker;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ProfileSource;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The models behind connections. Each is a profile too, of the name {@code <connection>/<model>}, without words of its
 * own: the agents bring theirs.
 */
public final class ConnectionModels implements ProfileSource {
    private static final int MOST_NAMED = 20;

    private final Connections connections;
    private final ServerConnections servers;
    private final Catalogue catalogue;
    private final MadeModels made;

    public ConnectionModels(Connections connections, ServerConnections servers, ModelMaker maker, Clock clock) {
        this.connections = connections;
        this.servers = servers;
        this.catalogue = new Catalogue(maker, clock);
        this.made = new MadeModels(maker);
    }

    @Override
    public Optional<ModelProfile> named(UserId user, String name) {
        return ConnectionProfile.read(name)
                .flatMap(wanted -> connections
                        .models(user, wanted.connection())
                        .map(connection -> profile(user, connection, wanted))
                        .or(() -> gone(user, wanted)));
    }

    private ModelProfile profile(UserId user, ModelConnection connection, ConnectionProfile wanted) {
        LanguageModel first = made.of(connection, wanted.model());
        return profile(
                wanted, new CurrentModel(connections, made, user, wanted, first), size(connection, wanted.model()));
    }

    /** The vendor is asked only for what the name does not tell: a local model's context may be small. */
    private KnownModels.Size size(ModelConnection connection, String model) {
        ListedModel unknown = new ListedModel(model, null, null);
        ListedModel told = KnownModels.know(model)
                ? unknown
                : catalogue.of(connection).models().stream()
                        .filter(listed -> listed.name().equals(model))
                        .findFirst()
                        .orElse(unknown);
        return KnownModels.size(told, connection.contextTokens());
    }

    /** Of an agent that was made when there was a connection, the run tells that it is gone. */
    private Optional<ModelProfile> gone(UserId user, ConnectionProfile wanted) {
        ListedModel unknown = new ListedModel(wanted.model(), null, null);
        return connections
                .type(user, wanted.connection())
                .filter(type -> type.kind() == ConnectionKind.MODELS)
                .map(type -> profile(
                        wanted, new GoneModel(wanted), KnownModels.size(unknown, ModelConnection.CONTEXT_OF_UNKNOWN)));
    }

    private static ModelProfile profile(ConnectionProfile wanted, LanguageModel model, KnownModels.Size size) {
        return new ModelProfile(wanted.name(), model, "", size.contextTokens(), size.outputTokens(), null);
    }

    /**
     * The name of the profile that an agent gets who wants this model of this connection.
     *
     * @param defaultModel a model of the connection, or a profile of the server that stands on it
     */
    public String profileOf(Caller caller, ConnectionId connection, String defaultModel) {
        ModelConnection found =
                connections.models(caller.user().id(), connection).orElseThrow(() -> noConnection(caller, connection));
        if (found.profiles().stream().anyMatch(profile -> profile.name().equals(defaultModel))) {
            return defaultModel;
        }
        Catalogue.Told told = catalogue.of(found);
        List<String> names =
                offered(found, told).stream().map(OfferedModel::name).toList();
        if (!names.contains(defaultModel)) {
            throw Refused.invalid("defaultModel", noModel(found, told, defaultModel, names));
        }
        return new ConnectionProfile(connection, defaultModel).name();
    }

    /** What Make shows of a profile; of one that the server does not have, what stands behind its usual one. */
    public ConnectedModel modelOf(UserId owner, String profile) {
        Optional<ModelConnection> server = servers.ofProfile(profile);
        if (server.isPresent()) {
            return new ConnectedModel(server.get().id(), server.get().type().word(), profile);
        }
        return ConnectionProfile.read(profile)
                .flatMap(wanted -> connections
                        .type(owner, wanted.connection())
                        .map(type -> new ConnectedModel(wanted.connection(), type.word(), wanted.model())))
                .orElseGet(() -> new ConnectedModel(
                        servers.usual().id(), servers.usual().type().word(), profile));
    }

    /** The connections that lead to models. */
    public List<Connection> providers(Caller caller) {
        return connections.list(caller).stream()
                .filter(connection -> connection.type().kind() == ConnectionKind.MODELS)
                .toList();
    }

    /** What can be had of a connection: the server's profiles on it, what is configured, what the vendor lists. */
    public List<OfferedModel> models(Caller caller, ConnectionId id) {
        ModelConnection connection = connections.models(caller.user().id(), id).orElseThrow(() -> unknown(id));
        return offered(connection, catalogue.of(connection));
    }

    /** The connection, if it leads to models. */
    public Connection provider(Caller caller, ConnectionId id) {
        return connections
                .models(caller.user().id(), id)
                .orElseThrow(() -> unknown(id))
                .shown();
    }

    private static List<OfferedModel> offered(ModelConnection connection, Catalogue.Told told) {
        Map<String, OfferedModel> all = new LinkedHashMap<>();
        for (ModelProfile profile : connection.profiles()) {
            all.put(
                    profile.name(),
                    new OfferedModel(
                            profile.name(), connection.provider(), profile.contextTokens(), profile.maxOutputTokens()));
        }
        for (String name : connection.models()) {
            all.putIfAbsent(name, offer(connection, new ListedModel(name, null, null)));
        }
        told.models().forEach(model -> all.merge(model.name(), offer(connection, model), (own, listed) -> listed));
        String usual = connection.type().usualModel();
        if (told.failure() != null && connection.models().isEmpty() && usual != null) {
            all.put(usual, offer(connection, new ListedModel(usual, null, null)));
        }
        return List.copyOf(all.values());
    }

    private static OfferedModel offer(ModelConnection connection, ListedModel model) {
        KnownModels.Size size = KnownModels.size(model, connection.contextTokens());
        return new OfferedModel(model.name(), connection.provider(), size.contextTokens(), size.outputTokens());
    }

    private static String noModel(ModelConnection connection, Catalogue.Told told, String wanted, List<String> names) {
        String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        String rest = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
        String why = told.failure() == null
                ? ""
                : "; its own list could not be had (" + told.failure() + "), name more in the connection's models";
        return "is '" + wanted + "', which connection " + connection.id() + " does not have; it has "
                + (some.isEmpty() ? "none" : some) + rest + why;
    }

    private Refused noConnection(Caller caller, ConnectionId wanted) {
        String there = providers(caller).stream()
                .limit(MOST_NAMED)
                .map(connection -> connection.id() + " (" + connection.name() + ")")
                .collect(Collectors.joining(", "));
        return Refused.invalid(
                "makeConnectionId",
                "is " + wanted + ", which is no connection of this team to models; there are: " + there);
    }

    private static Refused unknown(ConnectionId id) {
        return new Refused(new Problem.NotFound(Problem.Thing.CONNECTION, id.toString()));
    }
}
