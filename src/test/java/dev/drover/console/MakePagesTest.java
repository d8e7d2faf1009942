package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MakePagesTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    private static final String AGENTS = "/api/v2/ai-agents/v1/agents";

    private static ScriptedModelServer model;
    private static TestingApi server;
    private static String url;
    private static int connection;
    private static String modelName;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() throws IOException {
        model = ScriptedModelServer.start(MakePagesTest::answer);
        server = new TestingApi(TestingPlane.scripted(model));
        url = server.plane().url().toString();
        connection = server.get("/api/v2/ai-agents/v1/llm-providers?teamId=1")
                .json()
                .at("/0/id")
                .asInt();
        modelName = server.get("/api/v2/ai-agents/v1/llm-providers/" + connection + "/models?teamId=1")
                .json()
                .at("/0/model")
                .asText();
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
        model.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    private static Turn answer(Asked asked) {
        String body = asked.body().toString();
        if (body.contains("take your time")) {
            return Turn.text("late").slowly(Duration.ofSeconds(60), Duration.ZERO);
        }
        if (body.contains("be hostile")) {
            return Turn.text(HOSTILE);
        }
        if (body.contains("at length")) {
            return Turn.text("words and more words ".repeat(50_000));
        }
        if (body.contains("count slowly")) {
            return Turn.text("one ", "two ", "three ", "four ", "five").slowly(Duration.ZERO, Duration.ofMillis(700));
        }
        return Turn.text("Quick as a fox.");
    }

    private static String agent(String name) {
        return server.post(AGENTS + "?teamId=1", """
                        {"name": "%s", "teamId": 1, "makeConnectionId": %d, "defaultModel": "%s",
                         "systemPrompt": "You answer customers."}""".formatted(name, connection, modelName))
                .text("agentId");
    }

    private void login(String path) {
        tab.login(url, path, "admin", "a password for tests");
    }

    private void say(String words) {
        tab.fill("Message", words);
        tab.click("Send");
    }

    @Test
    void makesAnAgentTalksWithItAndFindsTheThreadAgain() {
        login("/console/make");
        tab.see("Chats");
        tab.click("New agent");
        tab.click("Create the agent");
        tab.see("Fill this in");
        tab.until("document.activeElement.name === 'name'");
        tab.fill("Name", "Counter");
        tab.fill("Instructions", "You count.");
        tab.until("document.querySelector('dialog select[name=defaultModel]')");
        tab.examine("make-new-agent");
        tab.click("Create the agent");
        tab.see("Say something");
        tab.examine("make-empty-chat");
        tab.fill("Thread", "Of numbers");
        say("count slowly");
        tab.see("Leaving this page stops it");
        tab.until("document.body.innerText.includes('one two') && !document.body.innerText.includes('five')");
        tab.picture("make-words-arrive");
        tab.see("one two three four five");
        tab.seeNot("Leaving this page stops it");
        tab.see("1 answer");
        tab.examine("make-chat");
        tab.reload();
        tab.login(url, tab.js("location.pathname + location.search").asText(), "admin", "a password for tests");
        tab.see("one two three four five");
        tab.see("Of numbers");
    }
}
