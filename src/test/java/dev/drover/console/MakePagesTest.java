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
        if (body.contains("at length")) {
            return Turn.text("words and more words ".repeat(50_000));
        }
        if (body.contains("be hostile")) {
            return Turn.text(HOSTILE);
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
        tab.see("one two three four five");
        tab.see("Of numbers");
    }

    @Test
    void stopsARunAndGivesTheWordsBack() {
        login("/console/make/" + agent("Sleeper"));
        say("take your time");
        tab.see("Leaving this page stops it");
        tab.click("Stop");
        tab.see("Nothing of this run is kept");
        assertThat(tab.js("document.querySelector('.composer textarea').value").asText())
                .isEqualTo("take your time");
        tab.fill("Message", "hello");
        tab.press("Enter");
        tab.see("Quick as a fox.");
        tab.click("Delete the thread");
        tab.click("Delete the thread");
        tab.see("Say something");
        tab.see("appear here");
    }

    @Test
    void executesNothingOfWhatAgentsSayAndShowsAMegabyteInParts() {
        login("/console/make/" + agent(HOSTILE.replace("\"", "")));
        say("be hostile");
        tab.until("document.querySelector('.said.assistant .text')?.innerText === " + "'" + HOSTILE + "'");
        assertThat(tab.js("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        say("at length");
        tab.see("Show all 1,050,000 characters");
        assertThat(tab.js("document.body.innerText.length").asInt()).isLessThan(50_000);
        tab.examine("make-megabyte");
        tab.click("Show all 1,050,000 characters");
        tab.until("document.body.innerText.length > 1000000");
        tab.clickOn(".tabs a[href$=settings]");
        tab.see("Most steps");
    }

    @Test
    void givesAnAgentFilesAndSettings() {
        login("/console/make/" + agent("Reader") + "/files");
        tab.see("No files yet");
        choose("notes.txt", "The hotline is 555.");
        tab.see("The hotline is 555.");
        choose("notes.exe", "MZ");
        tab.see("must be of a type that can be read");
        tab.examine("make-files");
        tab.click("Delete notes.txt");
        tab.click("Delete the file");
        tab.see("No files yet");
        tab.clickOn(".tabs a[href$=settings]");
        tab.fill("Most steps", "5000");
        tab.click("Save");
        tab.see("Must be 1 to 1000, but is 5000");
        tab.fill("Most steps", "20");
        tab.fill("Instructions", "You read.");
        tab.fill("Format", "make-schema");
        tab.click("Add a field");
        tab.fill("Fields of the answer, field 1: name", "phone");
        tab.examine("make-settings");
        tab.click("Save");
        tab.see("Runs that begin from now on");
        tab.see("1. Reader");
        tab.click("Delete the agent");
        tab.fill("typed", "Reader");
        tab.click("Delete for good");
        tab.see("Reader is deleted");
        tab.until("location.pathname === '/console/make'");
        tab.see("New agent");
        tab.examine("make");
    }

    private void choose(String name, String text) {
        tab.js("""
                (() => {
                  const transfer = new DataTransfer();
                  transfer.items.add(new File(['%s'], '%s'));
                  const field = document.querySelector('.drop input');
                  field.files = transfer.files;
                  field.dispatchEvent(new Event('change', {bubbles: true}));
                })()""".formatted(text, name));
    }

    @Test
    void makesTriesChangesAndDeletesAScenario() {
        login("/console/scenarios");
        tab.see("No scenarios yet");
        tab.examine("scenarios-empty");
        tab.click("New scenario");
        tab.fill("Name", "Look it up");
        tab.fill("Address", "http://127.0.0.1:9/{{what}}");
        tab.click("Make the scenario");
        tab.see("what");
        tab.until("document.querySelector('dialog [name=url]').getAttribute('aria-invalid') === 'true'");
        tab.examine("scenario-new");
        tab.fill("kind", "builtin");
        tab.fill("builtin", "no_such_tool");
        tab.click("Make the scenario");
        tab.see("memory_search");
        tab.fill("builtin", "memory_search");
        tab.click("Add a field to inputs");
        tab.fill("Inputs, field 1: name", "query");
        tab.click("Make the scenario");
        tab.see("Try it out");
        tab.click("Run it");
        tab.until("document.querySelector('main [aria-invalid=true], main .error, main [data-state]')");
        tab.fill("query", "tea");
        tab.click("Run it");
        tab.see("succeeded");
        tab.examine("scenario");
        tab.click("Change");
        tab.fill("Description", "Finds what is remembered.");
        tab.click("Save");
        tab.see("Finds what is remembered.");
        tab.click("Scenarios");
        tab.see("built in");
        tab.examine("scenarios");
        tab.click("Look it up");
        tab.click("Delete");
        tab.fill("typed", "Look it up");
        tab.click("Delete for good");
        tab.see("No scenarios yet");
    }

    @Test
    void connectsServicesWithoutEverShowingTheirValues() {
        login("/console/connections");
        tab.see("You have none of your own yet");
        tab.click("Models of");
        tab.see(modelName);
        tab.click("Close");
        tab.click("New connection");
        tab.click("Connect");
        tab.see("Fill this in");
        tab.fill("Name", "Shop");
        tab.fill("accountType", "http");
        tab.fill("proof", "token");
        tab.fill("Token", "very-secret");
        tab.examine("connection-new");
        tab.click("Connect");
        tab.see("Shop is connected");
        tab.examine("connections");
        assertThat(tab.js("document.documentElement.outerHTML").asText()).doesNotContain("very-secret");
        tab.click("Change Shop");
        tab.see("What is stored is not shown");
        tab.fill("Name", "The shop");
        tab.click("Save");
        tab.see("The next call uses it");
        tab.click("Delete The shop");
        tab.fill("typed", "The shop");
        tab.click("Delete for good");
        tab.see("You have none of your own yet");
    }
}
