package dev.drover.core.connection;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.access.Caller;
import dev.drover.core.audit.Audit;
import dev.drover.core.credential.Sealed;
import dev.drover.core.credential.Vault;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes, changes and opens the connections of accounts. */
public final class Connections implements ServiceAccounts {
    private static final int MOST = 100;

    private final ConnectionStore store;
    private final ServerConnections servers;
    private final Vault vault;
    private final AddressCheck addresses;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    public Connections(
            ConnectionStore store, ServerConnections servers, Vault vault, AddressCheck addresses, Book book) {
        this.store = store;
        this.servers = servers;
        this.vault = vault;
        this.addresses = addresses;
        this.transactions = book.transactions();
        this.audit = book.audit();
        this.clock = book.clock();
    }

    /** In what a change is written down. */
    public record Book(Transactions transactions, Audit audit, Clock clock) {}

    public Connection create(Caller caller, ConnectionWish wish) {
        String name = wish.name();
        String word = wish.type();
        if (name == null) {
            throw Refused.invalid("name", "Required");
        }
        if (word == null) {
            throw Refused.invalid("accountType", "Required");
        }
        ConnectionType type = ConnectionType.of(word);
        ConnectionValues values = wish.values(type);
        refuseOutOfReach(wish);
        UserId owner = caller.user().id();
        return transactions.call(() -> {
            store.lock(owner);
            if (store.count(owner) >= MOST) {
                throw new Refused(new Problem.LimitReached("connections", MOST));
            }
            ConnectionId id = store.next();
            List<String> models = wish.models() == null ? List.of() : wish.models();
            var row = new ConnectionStore.Row(id, 1, name, type, models, sealed(id, values));
            store.insert(owner, row, clock.instant());
            audit.record(caller.actor(), "connection.create", id.toString(), type.word());
            return row.shown();
        });
    }

    /** The server's own first, then the account's, each oldest first. */
    public List<Connection> list(Caller caller) {
        return Stream.concat(
                        servers.all().stream().map(ModelConnection::shown),
                        store.list(caller.user().id()).stream().map(ConnectionStore.Row::shown))
                .toList();
    }

    public Connection connection(Caller caller, ConnectionId id) {
        return servers.find(id)
                .map(ModelConnection::shown)
                .orElseGet(() -> row(caller.user().id(), id).shown());
    }

    /** Changes what is given; the type stays. */
    public Connection change(Caller caller, ConnectionId id, ConnectionWish wish) {
        refuseServers(id);
        UserId owner = caller.user().id();
        refuseOutOfReach(wish);
        return transactions.call(() -> {
            store.lock(owner);
            ConnectionStore.Row before = row(owner, id);
            var after = new ConnectionStore.Row(
                    id,
                    before.version(),
                    wish.name() == null ? before.name() : wish.name(),
                    before.type(),
                    wish.models() == null ? before.models() : wish.models(),
                    sealed(id, wish.values(before.type(), opened(before))));
            if (!store.change(after, clock.instant())) {
                throw unknown(id);
            }
            audit.record(
                    caller.actor(),
                    "connection.change",
                    id.toString(),
                    before.type().word());
            return after.shown();
        });
    }

    public void delete(Caller caller, ConnectionId id) {
        refuseServers(id);
        transactions.run(() -> {
            if (!store.delete(caller.user().id(), id, clock.instant())) {
                throw unknown(id);
            }
            audit.record(caller.actor(), "connection.delete", id.toString(), "");
        });
    }

    @Override
    public ServiceAccount of(UserId owner, ConnectionId id, ConnectionKind kind) {
        ConnectionStore.Row row = store.find(owner, id)
                .filter(found -> found.type().kind() == kind)
                .orElseThrow(() -> unknown(id));
        ConnectionValues values = opened(row);
        return new ServiceAccount(id, row.name(), values.url(), values.headers());
    }

    /** A connection to models that the user may use, opened; empty when there is none of that number. */
    Optional<ModelConnection> models(UserId owner, ConnectionId id) {
        return servers.find(id)
                .or(() -> store.find(owner, id)
                        .filter(row -> row.type().kind() == ConnectionKind.MODELS)
                        .map(row -> ModelConnection.of(row, opened(row))));
    }

    /** The type of one that there is, or was. */
    Optional<ConnectionType> type(UserId owner, ConnectionId id) {
        return servers.find(id).map(ModelConnection::type).or(() -> store.type(owner, id));
    }

    private void refuseOutOfReach(ConnectionWish wish) {
        if (wish.url() != null) {
            addresses.objection(wish.url()).ifPresent(reason -> {
                throw Refused.invalid("url", "cannot be called: " + reason);
            });
        }
    }

    private void refuseServers(ConnectionId id) {
        Refused.when(
                servers.find(id).isPresent(),
                "connectionId",
                "is " + id + ", which comes from the settings of this server and is the same for everybody;"
                        + " only its operator changes it, there");
    }

    private ConnectionStore.Row row(UserId owner, ConnectionId id) {
        return store.find(owner, id).orElseThrow(() -> unknown(id));
    }

    private Sealed sealed(ConnectionId id, ConnectionValues values) {
        return vault.seal(values.written(), context(id));
    }

    private ConnectionValues opened(ConnectionStore.Row row) {
        return ConnectionValues.read(vault.open(row.values(), context(row.id())));
    }

    private static String context(ConnectionId id) {
        return "connection/" + id;
    }

    private static Refused unknown(ConnectionId id) {
        return new Refused(new Problem.NotFound(Problem.Thing.CONNECTION, id.toString()));
    }
}
