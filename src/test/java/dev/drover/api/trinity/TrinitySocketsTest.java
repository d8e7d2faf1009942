package dev.drover.api.trinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrinitySocketsTest {
    private static final String PING = "{\"type\":\"ping\"}";
    private static final String PONG = "{\"type\":\"pong\"}";
    private static final TestingFleet FLEET = new TestingFleet();
    private static final String OTTO = FLEET.user("otto", "user");
    private static final String MIRA = FLEET.user("mira", "user");

    @BeforeAll
    static void make() {
        FLEET.agent("clerk", "otto");
        FLEET.agent("baker", "otto");
        FLEET.agent("smith", "otto");
        FLEET.agent("hers", "mira");
    }

    @AfterAll
    static void close() {
        FLEET.close();
    }

    private static TestingSocket open(String path) {
        return new TestingSocket(FLEET.api().plane().url(), path);
    }

    private static void share(String agent, String email) {
        FLEET.send(OTTO, "POST", "/api/agents/" + agent + "/share", "{\"email\":\"" + email + "\"}");
    }

    private static void unshare(String agent, String email) {
        FLEET.send(OTTO, "DELETE", "/api/agents/" + agent + "/share/" + email, "");
    }

    @Test
    void refusesTheHandshakeWithABadToken() {
        for (String path : List.of("/ws?token=nonsense", "/ws/events?token=nonsense")) {
            assertThatThrownBy(() -> open(path))
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refusal -> assertThat(refusal.getResponse().statusCode())
                                    .isEqualTo(403));
        }
        assertThat(FLEET.get(OTTO, "/ws").status()).isEqualTo(404);
    }

    @Test
    void takesTheCredentialAsTheFirstText() throws Exception {
        try (TestingSocket socket = open("/ws")) {
            socket.say("Bearer " + OTTO);
            assertThat(socket.next())
                    .isEqualTo("{\"type\":\"authenticated\",\"user\":\"otto\"}")
                    .doesNotContain(OTTO);
            assertThat(socket.untilPong(PING, PONG)).isEmpty();
        }
        try (TestingSocket socket = open("/ws")) {
            socket.say("Bearer nonsense");
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
        try (TestingSocket socket = open("/ws")) {
            socket.say(PING);
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void closesOnThoseWhoSayNothing() {
        try (TestingSocket socket = open("/ws")) {
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void tellsWhichAgentsAreAccessible() throws Exception {
        try (TestingSocket socket = open("/ws/events?token=" + MIRA)) {
            JsonNode hello = socket.json();
            assertThat(hello.path("type").asText()).isEqualTo("connected");
            assertThat(hello.path("user").asText()).isEqualTo("mira");
            assertThat(hello.path("accessible_agents").toString()).isEqualTo("[\"hers\"]");
            assertThat(socket.untilPong("ping", "pong")).isEmpty();
            share("smith", "mira@example.org");
            socket.say("refresh");
            assertThat(socket.next()).isEqualTo("{\"type\":\"refreshed\",\"accessible_agents\":[\"hers\",\"smith\"]}");
            unshare("smith", "mira@example.org");
        }
    }

    @Test
    void tellsOnlyThoseWhoHaveAccessWhenItHappens() throws Exception {
        try (TestingSocket otto = open("/ws?token=" + OTTO);
                TestingSocket mira = open("/ws?token=" + MIRA);
                TestingSocket miraEvents = open("/ws/events?token=" + MIRA)) {
            miraEvents.next();
            share("clerk", "somebody@example.org");
            assertThat(otto.next())
                    .isEqualTo("{\"event\":\"agent_shared\",\"data\":{\"name\":\"clerk\","
                            + "\"shared_with\":\"somebody@example.org\"}}");
            share("clerk", "MIRA@example.org");
            assertThat(mira.next())
                    .isEqualTo("{\"event\":\"agent_shared\",\"data\":{\"name\":\"clerk\","
                            + "\"shared_with\":\"mira@example.org\"}}");
            FLEET.send(OTTO, "POST", "/api/agents/clerk/stop", "");
            String stopped = "{\"event\":\"agent_stopped\",\"type\":\"agent_stopped\",\"name\":\"clerk\","
                    + "\"data\":{\"name\":\"clerk\"}}";
            assertThat(mira.next()).isEqualTo(stopped);
            assertThat(miraEvents.next()).isEqualTo(stopped);
            unshare("clerk", "mira@example.org");
            assertThat(mira.next())
                    .isEqualTo("{\"event\":\"agent_unshared\",\"data\":{\"name\":\"clerk\","
                            + "\"removed_user\":\"mira@example.org\"}}");
            FLEET.send(OTTO, "POST", "/api/agents/clerk/stop", "");
            for (int i = 0; i < 4; i++) {
                otto.next();
            }
            assertThat(mira.untilPong(PING, PONG)).isEmpty();
            assertThat(miraEvents.untilPong("ping", "pong")).isEmpty();
        }
    }

    @Test
    void endsWithItsCredential() throws Exception {
        String key = FLEET.credential("otto", "api_key", null);
        try (TestingSocket socket = open("/ws?token=" + key)) {
            assertThat(socket.untilPong(PING, PONG)).isEmpty();
            FLEET.sql(
                    "update credential set revoked_at = now() where user_id = ?"
                            + " and created_at = (select max(created_at) from credential)",
                    FLEET.userId("otto"));
            assertThat(socket.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void tellsTwoHundredOfAnEvent() throws Exception {
        List<TestingSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                sockets.add(open("/ws?token=" + (i % 2 == 0 ? OTTO : MIRA)));
            }
            share("baker", "nobody@example.org");
            for (int i = 0; i < 200; i++) {
                if (i % 2 == 0) {
                    assertThat(sockets.get(i).next()).contains("agent_shared", "baker");
                } else {
                    assertThat(sockets.get(i).untilPong(PING, PONG)).isEmpty();
                }
            }
        } finally {
            sockets.forEach(TestingSocket::close);
        }
    }

    @Test
    void keepsTokensOutOfTheLog() {
        List<String> lines = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try (TestingSocket _ = open("/ws?token=" + OTTO)) {
            assertThatThrownBy(() -> open("/ws?token=nonsense-secret")).isNotNull();
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("GET /ws 101"));
            assertThat(lines).noneSatisfy(line -> assertThat(line).containsAnyOf(OTTO, "nonsense-secret"));
        } finally {
            root.removeHandler(listener);
        }
    }
}
