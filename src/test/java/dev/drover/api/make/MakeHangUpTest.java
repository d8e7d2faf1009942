package dev.drover.api.make;

import static dev.drover.testing.Receiver.Answer.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.Waiting;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers and servers that go away before the end of a run (contract, sections 3.6 and 3.7). */
final class MakeHangUpTest {
    private static final TestingCallbacks SERVER = new TestingCallbacks();

    private final UUID agent = SERVER.agent();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @AfterEach
    void rest() {
        SERVER.rest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run", "/run/stream"})
    void cancelsTheRunOfACallerWhoHangsUp(String endpoint) {
        SERVER.hangUp(agent, endpoint, false);

        Waiting.until(() -> SERVER.status(agent).equals("stopped"));
        assertThat(SERVER.receiver.messages())
                .noneMatch(message -> message.path().contains(agent.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run", "/run/stream"})
    void finishesARunThatHasACallback(String endpoint) {
        SERVER.hangUp(agent, endpoint, true);
        TestingCallbacks.linger();
        assertThat(SERVER.status(agent)).isEqualTo("running");

        SERVER.letGo();

        assertThat(SERVER.settled(agent).path("status").asText()).isEqualTo("delivered");
        assertThat(SERVER.told(agent)).hasSize(1);
        assertThat(SERVER.told(agent).getFirst().body())
                .contains("\"response\":\"Heard hold.\"", "\"threadId\":\"customer-42\"");
        assertThat(SERVER.status(agent)).isEqualTo("completed");
    }

    @Test
    void tellsAfterARestartWhatItCouldNotTellBefore() {
        SERVER.receiver.answers(status(500));
        Reply reply = SERVER.run(agent, "hello");
        Waiting.until(() -> SERVER.delivery(agent).path("http_status").asInt() == 500);

        SERVER.api.plane().restart();

        assertThat(SERVER.settled(agent).path("status").asText()).isEqualTo("delivered");
        TestingCallbacks.linger();
        assertThat(SERVER.told(agent))
                .hasSize(2)
                .allMatch(message -> message.body().equals(reply.body()));
    }

    @Test
    void tellsTheEndOfARunThatOutlivedItsServer() throws Exception {
        int before = SERVER.asked();
        FutureTask<Reply> running = new FutureTask<>(() -> SERVER.run(agent, "hold"));
        Thread.startVirtualThread(running);
        SERVER.awaitAsked(before);

        SERVER.api.plane().restart();
        SERVER.letGo();

        assertThat(running.get().status()).isEqualTo(503);
        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("status").asText()).isEqualTo("delivered");
        TestingCallbacks.linger();
        assertThat(SERVER.told(agent)).hasSize(1);
        assertThat(SERVER.told(agent).getFirst().body()).contains("\"response\":\"Heard hold.\"");
    }
}
