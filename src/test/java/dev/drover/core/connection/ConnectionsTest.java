package dev.drover.core.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.testing.TestingDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final String PLANTED = "planted-value-4711";

    private final TestingConnections room = new TestingConnections(DATABASE, "http://127.0.0.1:9/v1");
    private final UserId mira = room.mira.user().id();

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void keepsWhatItIsGivenSealed() {
        room.compatible("http://127.0.0.1:9/" + PLANTED, PLANTED);
        room.http(Map.of("X-Shop", PLANTED));

        String stored = room.everythingStored();
        assertThat(stored).contains("Lab", "Shop").doesNotContain(PLANTED);
        assertThat(stored).doesNotContain(HexFormat.of().formatHex(PLANTED.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void lendsWhatItWasGiven() {
        Connection made = room.http(Map.of("X-Shop", PLANTED, "Accept", "text/plain; q=1"));

        ServiceAccount account = room.connections.of(mira, made.id(), ConnectionKind.HTTP);
        assertThat(account.headers()).isEqualTo(Map.of("x-shop", PLANTED, "accept", "text/plain; q=1"));
        assertThat(account.url()).isNull();
        assertThat(account.name()).isEqualTo("Shop");
        assertThat(account.toString()).doesNotContain(PLANTED);
    }

    @Test
    void makesHeadersOfEveryWayToProveOneself() {
        assertThat(lent(new Credentials(null, null, "tok", null, null, null)))
                .isEqualTo(Map.of("authorization", "Bearer tok"));
        assertThat(lent(new Credentials(null, null, null, "mira", "pass:word", null)))
                .isEqualTo(Map.of("authorization", "Basic bWlyYTpwYXNzOndvcmQ="));
        assertThat(lent(new Credentials("k1", null, null, null, null, null))).isEqualTo(Map.of("x-api-key", "k1"));
        assertThat(lent(new Credentials("k1", "X-Token", null, null, null, Map.of("a", "b"))))
                .isEqualTo(Map.of("x-token", "k1", "a", "b"));
    }

    private Map<String, String> lent(Credentials credentials) {
        Connection made = room.connections.create(
                room.mira, new ConnectionWish("M", "mcp", "http://127.0.0.1:9/mcp/", null, credentials));
        ServiceAccount account = room.connections.of(mira, made.id(), ConnectionKind.MCP);
        assertThat(account.url()).isEqualTo("http://127.0.0.1:9/mcp/");
        return account.headers();
    }

    @Test
    void isThereForItsOwnerAloneAndForItsKindAlone() {
        Connection made = room.http(Map.of());
        UserId theo = room.theo.user().id();

        assertThat(room.connections.list(room.theo)).noneMatch(Connection::editable);
        notFound(made.id(), () -> room.connections.connection(room.theo, made.id()));
        notFound(made.id(), () -> room.connections.change(room.theo, made.id(), named("Mine")));
        notFound(made.id(), () -> room.connections.delete(room.theo, made.id()));
        notFound(made.id(), () -> room.connections.of(theo, made.id(), ConnectionKind.HTTP));
        notFound(made.id(), () -> room.connections.of(mira, made.id(), ConnectionKind.MCP));
    }

    @Test
    void changesActOnTheNextCall() {
        Connection made = room.http(Map.of("a", "1"));
        room.connections.change(room.mira, made.id(), named("Store"));
        ServiceAccount renamed = room.connections.of(mira, made.id(), ConnectionKind.HTTP);
        assertThat(renamed.name()).isEqualTo("Store");
        assertThat(renamed.headers()).isEqualTo(Map.of("a", "1"));

        Credentials other = new Credentials(null, null, null, null, null, Map.of("b", "2"));
        room.connections.change(room.mira, made.id(), new ConnectionWish(null, null, null, null, other));
        assertThat(room.connections.of(mira, made.id(), ConnectionKind.HTTP).headers())
                .isEqualTo(Map.of("b", "2"));

        room.connections.delete(room.mira, made.id());
        notFound(made.id(), () -> room.connections.of(mira, made.id(), ConnectionKind.HTTP));
        notFound(made.id(), () -> room.connections.delete(room.mira, made.id()));
        assertThat(room.connections.list(room.mira)).noneMatch(Connection::editable);
    }

    @Test
    void leavesNothingOfTheValuesOfADeletedOne() {
        Connection made = room.http(Map.of("a", PLANTED));
        room.connections.delete(room.mira, made.id());

        assertThat(room.texts("select id::text from connection where sealed is null"))
                .containsExactly("100");
    }

    @Test
    void writesDownWhoDidWhat() {
        Connection made = room.http(Map.of());
        room.connections.change(room.mira, made.id(), named("Store"));
        room.connections.delete(room.mira, made.id());

        assertThat(room.texts("select action || ' ' || target from audit order by id"))
                .containsExactly(
                        "connection.create " + made.id(),
                        "connection.change " + made.id(),
                        "connection.delete " + made.id());
    }

    @Test
    void leavesTheServersOwnAlone() {
        assertThat(room.connections.list(room.mira).getFirst().id()).isEqualTo(TestingConnections.SERVERS);
        assertThatThrownBy(() -> room.connections.change(room.mira, TestingConnections.SERVERS, named("Mine")))
                .hasMessageContaining("settings of this server");
        assertThatThrownBy(() -> room.connections.delete(room.mira, TestingConnections.SERVERS))
                .hasMessageContaining("settings of this server");
        notFound(
                TestingConnections.SERVERS,
                () -> room.connections.of(mira, TestingConnections.SERVERS, ConnectionKind.HTTP));
    }

    @Test
    void countsUsersConnectionsFromAHundredOn() {
        assertThat(room.http(Map.of()).id()).isEqualTo(new ConnectionId(100));
        assertThat(room.http(Map.of()).id()).isEqualTo(new ConnectionId(101));
    }

    @Test
    void keepsAHundredForAnAccountAndNoMore() {
        for (int i = 0; i < 100; i++) {
            room.http(Map.of());
        }
        assertThatThrownBy(() -> room.http(Map.of()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.problem()).isEqualTo(new Problem.LimitReached("connections", 100)));
        room.connections.delete(room.mira, new ConnectionId(100));
        room.http(Map.of());
    }

    @Test
    void refusesAddressesThatNobodyWillGetTo() {
        assertThatThrownBy(() -> room.compatible("https://forbidden.example/v1", null))
                .hasMessageContaining("url")
                .hasMessageContaining("it is forbidden");
    }

    private static ConnectionWish named(String name) {
        return new ConnectionWish(name, null, null, null, TestingConnections.NONE);
    }

    private static void notFound(ConnectionId id, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isEqualTo(new Problem.NotFound(Problem.Thing.CONNECTION, id.toString())));
    }
}
