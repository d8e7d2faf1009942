package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.TestingStage;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a newcomer does on the first day, on a server that has 500 agents already. */
class JourneyTest {
    private static TestingStage stage;
    private static String url;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        stage = TestingStage.open();
        url = stage.plane().url().toString();
        stage.plane().database().database().jdbi().useHandle(handle -> handle.execute("""
                insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                select gen_random_uuid(), (select id from app_user where name = 'admin'),
                    'Worker ' || n, 'worker-' || n,
                    (array['jettson', 'make', 'trinity', 'slaw'])[n % 4 + 1], 'jettson-6.0',
                    now() - interval '2 days', 0
                from generate_series(1, 500) n
                """));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    @Test
    void givesATaskWatchesItReloadsAndTakesTheFileAlong() throws IOException {
        String task = "Write the bytes of a picture";
        stage.learn(
                task,
                Script.inOrder(
                        Turn.call(
                                "jettson_shell_run",
                                "{\"command\":\"mkdir artifacts; "
                                        + "printf 'P\\\\000\\\\377\\\\001Q' > artifacts/raw.bin\"}"),
                        Turn.text("It ", "is ", "done ", "now.")
                                .slowly(Duration.ofMillis(200), Duration.ofMillis(700))));
        spawn(task);
        tab.see("artifacts/raw.bin");
        tab.see("It is");
        tab.reload();
        tab.see("artifacts/raw.bin");
        tab.see("It is done now.");
        tab.until("document.querySelector('.page-head, main').innerText.includes('completed')");
        tab.click("Artifacts");
        tab.see("raw.bin");
        assertThat(downloaded("Download")).isEqualTo(new byte[] {'P', 0, (byte) 255, 1, 'Q'});
    }

    @Test
    void looksIntoTheComputerOfAnAgentAtWorkAndStopsIt() throws IOException {
        String task = "Wait for somebody to look";
        stage.learn(task, Script.inOrder(Turn.call("jettson_shell_run", "{\"command\":\"sleep 25\"}")));
        spawn(task);
        tab.see("sleep 25");
        tab.click("Terminal");
        tab.until("document.querySelector('.xterm-helper-textarea')");
        tab.click("Tell a screen reader");
        tab.js("document.querySelector('.xterm-helper-textarea').focus()");
        for (char letter : "echo so$((6*7))on".toCharArray()) {
            tab.command("Input.dispatchKeyEvent", Map.of("type", "char", "text", String.valueOf(letter)));
        }
        tab.press("Enter");
        tab.see("so42on");
        tab.picture("journey-terminal");
        tab.click("Timeline");
        tab.click("Stop");
        tab.until("document.querySelector('dialog[open] button.danger')");
        tab.clickOn("dialog[open] button.danger");
        tab.see("stopped");
        String id = tab.js("location.pathname.split('/')[3]").asText();
        JsonNode agent = new JsonMapper()
                .readTree(stage.plane().get("/api/v1/agents/" + id).body());
        assertThat(agent.path("status").asText()).isEqualTo("stopped");
    }

    @Test
    void findsOneAgentOfManyByAFewLetters() {
        tab.login(url);
        tab.see("Needs you first");
        tab.press("ctrl+k");
        tab.until("document.activeElement.getAttribute('role') === 'combobox'");
        tab.type("worker 437");
        tab.until("document.querySelector('[role=option]')?.innerText.includes('Worker 437')");
        tab.press("Enter");
        tab.until("document.querySelector('h1')?.innerText.includes('Worker 437')");
    }

    private void spawn(String task) {
        tab.login(url, "/console/new", "admin", "a password for tests");
        tab.fill("What is to be done?", task);
        tab.click("Start");
        tab.until("location.pathname.startsWith('/console/agents/')");
    }

    private byte[] downloaded(String button) throws IOException {
        Path folder = TestingFolders.create();
        try {
            tab.downloadsTo(folder);
            tab.click(button);
            Path file = Waiting.until(Duration.ofSeconds(30), () -> whole(folder));
            return Files.readAllBytes(file);
        } finally {
            TestingFolders.delete(folder);
        }
    }

    private static Optional<Path> whole(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".crdownload"))
                    .findFirst();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
