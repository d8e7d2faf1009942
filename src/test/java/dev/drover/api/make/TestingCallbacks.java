package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.egress.TestingNames;
import dev.drover.core.id.Spelling;
import dev.drover.testing.Receiver;
import dev.drover.testing.Receiver.Message;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A server with a model that does as its user says, and a receiver that callbacks may reach. */
final class TestingCallbacks implements AutoCloseable {
    final Receiver receiver = new Receiver();
    final Receiver elsewhere = new Receiver();
    final TestingNames names = new TestingNames().answering("127.0.0.1", "127.0.0.1");
    final TestingApi api;

    private final ScriptedModelServer model;
    private volatile CountDownLatch holding = new CountDownLatch(1);

    TestingCallbacks() {
        try {
            model = ScriptedModelServer.start(this::turn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api = new TestingApi(TestingPlane.start(
                Map.of(
                        "DROVER_MODEL",
                        "openai/scripted",
                        "OPENAI_BASE_URL",
                        model.baseUrl() + "/v1",
                        "DROVER_EGRESS_ALLOW",
                        receiver.address() + "," + elsewhere.address()),
                Clock.systemUTC(),
                names));
    }

    /** {@code fail} fails, {@code json} says JSON, {@code hold} waits until it is let go, anything else is repeated. */
    private Turn turn(Asked asked) {
        if (asked.task().equals("fail")) {
            return Turn.status(400);
        }
        if (asked.task().equals("hold")) {
            CountDownLatch held = holding;
            Waiting.until(() -> held.getCount() == 0);
        }
        if (asked.task().equals("json")) {
            return Turn.text("{\"n\":1}");
        }
        return Turn.text("Heard ", asked.task() + ".");
    }

    void letGo() {
        holding.countDown();
    }

    void awaitAsked(int before) {
        Waiting.until(() -> model.asked().size() > before);
    }

    int asked() {
        return model.asked().size();
    }

    /** Between two tests. */
    void rest() {
        holding.countDown();
        holding = new CountDownLatch(1);
    }

    /** The id of a new agent. */
    UUID agent() {
        int connection = api.get("/api/v2/connections?teamId=1")
                .json()
                .at("/connections/0/id")
                .asInt();
        Reply made = send(
                "/agents",
                "{\"teamId\":1,\"makeConnectionId\":" + connection
                        + ",\"name\":\"Talker\",\"defaultModel\":\"jettson-6.0\",\"systemPrompt\":\"Be brief.\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return UUID.fromString(made.json().path("agentId").asText());
    }

    private Reply send(String path, String body) {
        return api.send(api.as("/api/v2/ai-agents/v1" + path + "?teamId=1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Waits for the answer of a run that calls the receiver back. */
    Reply run(UUID agent, String text) {
        return run(agent, text, "{}", url(agent));
    }

    Reply run(UUID agent, String text, String config, String url) {
        return send("/agents/" + agent + "/run", order(text, config, url));
    }

    Reply stream(UUID agent, String text, String url) {
        return send("/agents/" + agent + "/run/stream", order(text, "{}", url));
    }

    private static String order(String text, String config, String url) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}],\"config\":" + config
                + ",\"threadId\":\"customer-42\",\"callbackUrl\":\"" + url + "\"}";
    }

    /** Begins to run an agent and hangs up as soon as the model was asked. */
    void hangUp(UUID agent, String endpoint, boolean callback) {
        String body = order("hold", "{}", url(agent));
        String sent = callback ? body : body.replaceFirst(",\"callbackUrl\":.*", "}");
        int before = asked();
        try (Socket socket =
                new Socket(api.plane().url().getHost(), api.plane().url().getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/v2/ai-agents/v1/agents/" + agent + endpoint
                                    + "?teamId=1 HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
                                    + "Authorization: Bearer " + api.plane().operator() + "\r\nContent-Length: "
                                    + sent.length() + "\r\n\r\n" + sent)
                            .getBytes(StandardCharsets.UTF_8));
            awaitAsked(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where callbacks of this agent's runs go. */
    String url(UUID agent) {
        return "http://" + receiver.address() + "/" + agent;
    }

    List<Message> told(UUID agent) {
        return receiver.messages().stream()
                .filter(message -> message.path().equals("/" + agent))
                .toList();
    }

    /** How the agent's only callback fared. */
    JsonNode delivery(UUID agent) {
        JsonNode all = api.get(path(agent) + "/deliveries").json().path("data");
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** What became of it, as soon as nothing more is to come; no pause between attempts is waited for. */
    JsonNode settled(UUID agent) {
        Waiting.until(() -> {
            api.plane()
                    .database()
                    .database()
                    .jdbi()
                    .useHandle(handle -> handle.execute("update webhook_delivery set next_attempt_at = created_at"
                            + " where status = 'pending' and failures > 0"));
            JsonNode all = api.get(path(agent) + "/deliveries").json().path("data");
            return !all.isEmpty() && !all.get(0).path("status").asText().equals("pending");
        });
        return delivery(agent);
    }

    /** The agent as the other dialect knows it. */
    static String path(UUID agent) {
        return "/api/v1/agents/" + Spelling.AGENT.of(agent);
    }

    String status(UUID agent) {
        return api.get(path(agent)).json().path("status").asText();
    }

    /** Long enough for a message that should not be sent to be seen. */
    static void linger() {
        try {
            Thread.sleep(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        letGo();
        api.close();
        receiver.close();
        elsewhere.close();
        try {
            model.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
