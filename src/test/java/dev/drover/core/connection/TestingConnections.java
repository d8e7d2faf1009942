package dev.drover.core.connection;

import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.credential.Vault;
import dev.drover.core.credential.VaultStore;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.model.ModelAccount;
import dev.drover.core.model.ModelMaker;
import dev.drover.core.model.ModelProfile;
import dev.drover.provider.model.langchain4j.LangChainMaker;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.provider.secret.AesSealing;
import dev.drover.provider.secret.RootKey;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The room over a database of its own; users may name addresses of this machine. */
final class TestingConnections {
    static final Credentials NONE = new Credentials(null, null, null, null, null, null);
    static final ConnectionId SERVERS = new ConnectionId(2);

    final TestingDatabase testing;
    final TestingClock clock = new TestingClock("2026-11-02T12:00:00Z");
    final Caller mira;
    final Caller theo;
    final Connections connections;
    final ConnectionModels models;

    /**
     * With one provider of the server's own.
     *
     * @param testing is emptied
     * @param baseUrl where the server's own provider is
     */
    TestingConnections(TestingDatabase testing, String baseUrl) {
        this.testing = testing;
        testing.empty();
        mira = caller(1, "mira");
        theo = caller(2, "theo");
        var jdbi = testing.database().jdbi();
        ModelMaker maker = new LangChainMaker(
                new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), List.of("127.0.0.1/32"), List.of()));
        RootKey root = RootKey.choose(Base64.getEncoder().encodeToString(new byte[32]), Path.of("."));
        ServerConnections servers = new ServerConnections(List.of(new ModelConnection(
                SERVERS,
                0,
                "OpenAI",
                ConnectionType.OPENAI,
                "openai",
                new ModelAccount(ModelAccount.Protocol.OPENAI, baseUrl, null, false),
                List.of("gpt-5.1"),
                List.of(new ModelProfile(ModelProfile.DEFAULT, new OfflineModel(), "Be good.", 100_000, 8_192, null)),
                128_000)));
        connections = new Connections(
                new ConnectionStore(jdbi),
                servers,
                new Vault(new AesSealing(root), new VaultStore(jdbi), clock),
                url -> url.contains("forbidden") ? Optional.of("it is forbidden") : Optional.empty(),
                new Connections.Book(
                        testing.database(), new Audit(new AuditStore(jdbi), new Ids(clock), clock), clock));
        models = new ConnectionModels(connections, servers, maker, clock);
    }

    private Caller caller(int number, String name) {
        UserId id = new UserId(new UUID(number, number));
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, ?, 'user', now())",
                        id.value(),
                        name));
        User user = new User(id, name, Role.USER, number);
        return new Caller(user, CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class));
    }

    Connection compatible(String url, @Nullable String key, String... named) {
        Credentials credentials = new Credentials(key, null, null, null, null, null);
        return connections.create(
                mira, new ConnectionWish("Lab", ConnectionType.COMPATIBLE.word(), url, List.of(named), credentials));
    }

    Connection http(Map<String, String> headers) {
        return connections.create(
                mira,
                new ConnectionWish("Shop", "http", null, null, new Credentials(null, null, null, null, null, headers)));
    }

    /** Every row of the tables that know of connections, as text. */
    String everythingStored() {
        return texts("select cast(c as text) from connection c union all select cast(a as text) from audit a")
                .toString();
    }

    /** What a query of one column gives. */
    List<String> texts(String sql) {
        return testing.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
