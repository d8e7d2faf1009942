package dev.drover.api.make;

import static dev.drover.testing.Receiver.Answer.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.Receiver.Message;
import dev.drover.testing.Waiting;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told to the {@code callbackUrl} of a run (contract, section 3.6). */
final class MakeCallbacksTest {
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

    @Test
    void tellsWhatTheCallerIsAnswered() {
        Reply reply = SERVER.run(agent, "hello");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("response").asText()).isEqualTo("Heard hello.");
        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("status").asText()).isEqualTo("delivered");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
        assertThat(delivery.path("webhook_id").isNull()).isTrue();
        Message told = onlyMessage();
        assertThat(told.body()).isEqualTo(reply.body());
        assertThat(told.type()).isEqualTo("application/json");
        assertThat(told.signatures()).as("nobody could verify one").isEqualTo("null");
    }

    @Test
    void tellsAStructuredAnswer() {
        String config =
                "{\"outputParser\":{\"type\":\"make-schema\",\"schema\":[{\"name\":\"n\",\"type\":\"number\"}]}}";
        Reply reply = SERVER.run(agent, "json", config, SERVER.url(agent));

        assertThat(reply.json().at("/jsonResponse/n").asInt()).as(reply.body()).isEqualTo(1);
        SERVER.settled(agent);
        assertThat(onlyMessage().body()).isEqualTo(reply.body());
    }

    @Test
    void tellsTheErrorOfARunThatFailed() {
        Reply reply = SERVER.run(agent, "fail");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(SERVER.settled(agent).path("status").asText()).isEqualTo("delivered");
        assertThat(onlyMessage().body()).isEqualTo(reply.body()).contains("\"code\":\"SC502\"");
    }

    @Test
    void tellsThatARunWasStopped() throws Exception {
        int before = SERVER.asked();
        FutureTask<Reply> running = begun("hold");
        SERVER.awaitAsked(before);

        SERVER.api.delete(TestingCallbacks.path(agent));

        assertThat(running.get().status()).isEqualTo(409);
        SERVER.settled(agent);
        assertThat(onlyMessage().body()).isEqualTo(running.get().body()).contains("\"code\":\"SC409\"");
    }

    @Test
    void tellsTheAnswerOfAStream() {
        Reply reply = SERVER.stream(agent, "hello", SERVER.url(agent));

        assertThat(reply.status()).isEqualTo(200);
        SERVER.settled(agent);
        assertThat(onlyMessage().body()).contains("\"response\":\"Heard hello.\"", "\"threadId\":\"customer-42\"");
    }

    @Test
    void triesAgainWhenTheReceiverBreaks() {
        SERVER.receiver.answers(status(500));
        Reply reply = SERVER.run(agent, "hello");

        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("status").asText()).isEqualTo("delivered");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(2);
        List<Message> told = SERVER.told(agent);
        assertThat(told).hasSize(2).allMatch(message -> message.body().equals(reply.body()));
        assertThat(told.stream().map(Message::id).distinct()).hasSize(1);
    }

    @Test
    void givesUpAfterThreeRetries() {
        SERVER.receiver.answers(status(500), status(503), status(500), status(502));
        SERVER.run(agent, "hello");

        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("status").asText()).isEqualTo("failed");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(4);
        TestingCallbacks.linger();
        assertThat(SERVER.told(agent)).hasSize(4);
    }

    @Test
    void takesARefusalForAnAnswer() {
        SERVER.receiver.answers(status(400));
        SERVER.run(agent, "hello");

        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("status").asText()).isEqualTo("failed");
        assertThat(delivery.path("http_status").asInt()).isEqualTo(400);
        TestingCallbacks.linger();
        onlyMessage();
    }

    @Test
    void followsNoRedirect() {
        SERVER.receiver.answers(status(307, "Location", SERVER.elsewhere.url()));
        SERVER.run(agent, "hello");

        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("error").asText()).isEqualTo("answered 307; redirects are not followed");
        TestingCallbacks.linger();
        onlyMessage();
        assertThat(SERVER.elsewhere.messages()).isEmpty();
    }

    @Test
    void refusesWhatMayNotBeReached() {
        int before = SERVER.asked();
        for (String url : List.of(
                "http://127.0.0.1:1/",
                "http://10.0.0.1/",
                "http://169.254.169.254/latest",
                "http://[::1]/",
                "http://0177.0.0.1/",
                "http://user@127.0.0.1/",
                "ftp://example.com/",
                "/relative",
                "nonsense",
                "http://example.com/" + "x".repeat(2_000))) {
            for (Reply reply : List.of(SERVER.run(agent, "hello", "{}", url), SERVER.stream(agent, "hello", url))) {
                assertThat(reply.status()).as(url + reply.body()).isEqualTo(400);
                assertThat(reply.json().path("suberrors")).hasSize(1);
                assertThat(reply.json().at("/suberrors/0/message").asText()).startsWith("callbackUrl ");
            }
        }
        assertThat(SERVER.asked()).isEqualTo(before);
    }

    @Test
    void judgesTheAddressAgainWhenItSends() {
        SERVER.names.answering("back.example", "93.184.215.14").answering("back.example", "10.0.0.7");
        String port = SERVER.receiver.address().replaceFirst(".*:", "");
        Reply reply = SERVER.run(agent, "hello", "{}", "http://back.example:" + port + "/" + agent);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode delivery = SERVER.settled(agent);
        assertThat(delivery.path("status").asText()).isEqualTo("failed");
        assertThat(delivery.path("error").asText()).contains("private/internal");
        assertThat(SERVER.told(agent)).isEmpty();
    }

    @Test
    void isToldByAServerThatKnewOfNoWebhookBefore() {
        for (int i = 1; i <= 10; i++) {
            SERVER.api.plane().database().database().jdbi().useHandle(handle -> handle.execute("delete from webhook"));
            int soFar = i;
            SERVER.run(agent, "hello");
            Waiting.until(() -> SERVER.told(agent).size() == soFar);
        }
    }

    @Test
    void webhooksOfTheAccountHearOfTheRunToo() {
        Reply hook = SERVER.api.post("/api/v1/webhooks", "{\"url\":\"" + SERVER.elsewhere.url() + "\"}");
        String secret = hook.json().path("secret").asText();

        SERVER.run(agent, "hello");

        Waiting.until(() -> SERVER.elsewhere.messages().size() == 3);
        assertThat(SERVER.elsewhere.messages())
                .allMatch(message -> message.isSignedWith(secret))
                .allMatch(message -> message.body().startsWith("{\"type\":\"agent."));
        Waiting.until(() -> !SERVER.told(agent).isEmpty());
        assertThat(onlyMessage().body()).startsWith("{\"response\":");
        SERVER.api.delete("/api/v1/webhooks/" + hook.json().path("webhook_id").asText());
        SERVER.elsewhere.forget();
    }

    @Test
    void keepsNoSecretForACallback() {
        SERVER.run(agent, "hello");

        int secrets = SERVER.api
                .plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select count(*) from webhook where form = 'answer' and secret is not null")
                        .mapTo(Integer.class)
                        .one());
        assertThat(secrets).isZero();
        assertThat(SERVER.api.get("/api/v1/webhooks").body()).doesNotContain(agent.toString());
    }

    @Test
    void keepsNothingOfWhatWasSaid() {
        SERVER.run(agent, "hello");
        SERVER.settled(agent);
        SERVER.receiver.answers(status(400));
        SERVER.run(agent, "hello");
        Waiting.until(() -> SERVER.told(agent).size() == 2);

        Waiting.until(() -> kept().equals(List.of("", "")));
    }

    private List<String> kept() {
        return SERVER.api
                .plane()
                .database()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select body from webhook_delivery where agent_id = :agent")
                        .bind("agent", agent)
                        .mapTo(String.class)
                        .list());
    }

    private Message onlyMessage() {
        assertThat(SERVER.told(agent)).hasSize(1);
        return SERVER.told(agent).getFirst();
    }

    private FutureTask<Reply> begun(String text) {
        FutureTask<Reply> running = new FutureTask<>(() -> SERVER.run(agent, text));
        Thread.startVirtualThread(running);
        return running;
    }
}
