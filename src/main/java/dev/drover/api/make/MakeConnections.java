package dev.drover.api.make;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.access.Caller;
import dev.drover.core.connection.Connection;
import dev.drover.core.connection.Connections;
import dev.drover.core.id.ConnectionId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Connections by API (contract, sections 3.10 and 4). */
public final class MakeConnections {
    private static final SequencedMap<String, Comparator<MakeConnection>> COLUMNS = columns();

    private final Connections connections;
    private final MakeTeam team;

    public MakeConnections(Connections connections, MakeTeam team) {
        this.connections = connections;
        this.team = team;
    }

    private static SequencedMap<String, Comparator<MakeConnection>> columns() {
        SequencedMap<String, Comparator<MakeConnection>> columns = new LinkedHashMap<>();
        columns.put("id", Comparator.comparingInt(MakeConnection::id));
        columns.put("name", Comparator.comparing(MakeConnection::name));
        columns.put("accountName", Comparator.comparing(MakeConnection::accountName));
        columns.put("accountLabel", Comparator.comparing(MakeConnection::accountLabel));
        return columns;
    }

    public Operation list() {
        return Operation.of("List connections: the server's own, and the team's", this::list)
                .query("teamId", Integer.class, "The team")
                .query("pg[limit]", Integer.class, "How many; all when left out")
                .query("pg[offset]", Integer.class, "How many to leave out at the beginning")
                .query("pg[sortBy]", String.class, "id, name, accountName or accountLabel; id when left out")
                .query("pg[sortDir]", String.class, "asc or desc")
                .answers(200, MakeConnection.Listed.class)
                .refuses(400, 429);
    }

    private Answer list(Call call) {
        Caller caller = team.caller(call);
        List<MakeConnection> all = connections.list(caller).stream()
                .map(connection -> shown(caller, connection))
                .toList();
        return Answer.ok(new MakeConnection.Listed(MakePage.read(call, COLUMNS).of(all, COLUMNS)));
    }

    public Operation create() {
        return Operation.of("Make a connection; its values are kept sealed and never shown", this::create)
                .takes(MakeConnectionWish.class)
                .query("teamId", Integer.class, "The team")
                .answers(201, MakeConnection.One.class)
                .refuses(400, 409, 413, 429);
    }

    private Answer create(Call call) {
        Caller caller = team.caller(call);
        MakeConnectionWish wish = MakeConnectionWish.of(call.fields().byPath());
        return Answer.json(201, one(caller, connections.create(caller, wish.create())));
    }

    public Operation get() {
        return Operation.of("Get a connection", this::get)
                .query("teamId", Integer.class, "The team")
                .answers(200, MakeConnection.One.class)
                .refuses(400, 404, 429);
    }

    private Answer get(Call call) {
        Caller caller = team.caller(call);
        return Answer.ok(one(caller, connections.connection(caller, id(call))));
    }

    public Operation change() {
        return Operation.of("Change what is given of a connection; its type stays", this::change)
                .takes(MakeConnectionWish.class)
                .query("teamId", Integer.class, "The team")
                .answers(200, MakeConnection.One.class)
                .refuses(400, 404, 413, 429);
    }

    private Answer change(Call call) {
        Caller caller = team.caller(call);
        ConnectionId id = connections.connection(caller, id(call)).id();
        MakeConnectionWish wish = MakeConnectionWish.of(call.fields().byPath());
        return Answer.ok(one(caller, connections.change(caller, id, wish.change())));
    }

    public Operation delete() {
        return Operation.of("Delete a connection; whatever uses it fails from then on", this::delete)
                .query("teamId", Integer.class, "The team")
                .answersType(204, "")
                .refuses(400, 404, 429);
    }

    private Answer delete(Call call) {
        Caller caller = team.caller(call);
        connections.delete(caller, id(call));
        return Answer.noContent();
    }

    private static ConnectionId id(Call call) {
        return new ConnectionId(MakeTeam.number(call, "connectionId"));
    }

    private static MakeConnection.One one(Caller caller, Connection connection) {
        return new MakeConnection.One(shown(caller, connection));
    }

    private static MakeConnection shown(Caller caller, Connection connection) {
        return MakeConnection.of(connection, caller.user().team());
    }
}
