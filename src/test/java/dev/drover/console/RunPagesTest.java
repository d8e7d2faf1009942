package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.console.TestingRuns;
import dev.drover.core.Json;
import dev.drover.core.model.Picture;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.run.Entry;
import dev.drover.testing.TestingStage;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RunPagesTest {
    private static final String HOSTILE = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String TEXT_OF_STREAM = "[...document.querySelectorAll('.said')].map(each => each.innerText)";

    private static TestingStage stage;
    private static TestingRuns runs;
    private static String url;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        stage = TestingStage.open();
        runs = new TestingRuns(stage.plane());
        url = stage.plane().url().toString();
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
    void watchesAStreamedRunToItsEndAndLosesNothingByAReload() {
        String[] pieces = IntStream.range(0, 60)
                .mapToObj(i -> "word" + i + (i == 59 ? "." : " "))
                .toArray(String[]::new);
        String agent = stage.play(
                "Tell me many words",
                Turn.call("jettson_shell_run", "{\"command\":\"echo streamed; false\"}"),
                Turn.text(pieces).slowly(Duration.ofMillis(100), Duration.ofMillis(150)));
        show("/console/agents/" + agent);
        tab.see("streamed");
        tab.see("exit code 1");
        tab.see("word5 ");
        tab.picture("run-streaming");
        reload();
        tab.see("word5 ");
        tab.see("Completed");
        String whole = String.join("", pieces);
        tab.until(TEXT_OF_STREAM + ".includes(" + Json.quote(whole) + ")");
        assertThat(runs.newest(stage.plane().operator(), agent).path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void goesOnByItselfWhenTheServerComesBack() throws InterruptedException {
        String agent = stage.play(
                "Go on after a while",
                Turn.call("jettson_shell_run", "{\"command\":\"sleep 4; echo slept\"}"),
                Turn.text("Awake."));
        show("/console/agents/" + agent);
        tab.see("sleep 4");
        stage.plane().database().cutConnections();
        tab.see("Awake.");
    }

    @Test
    void stopsARunAfterAQuestion() {
        String agent = stage.play("Sleep long", Turn.call("jettson_shell_run", "{\"command\":\"sleep 59\"}"));
        show("/console/agents/" + agent);
        tab.see("sleep 59");
        tab.press("s");
        tab.see("Stop this run?");
        tab.click("Stop");
        tab.see("The run is stopped");
        tab.until("document.querySelector('.step.end.stopped')");
        tab.until("document.querySelector('.page-head [data-state=stopped]')");
    }

    @Test
    void showsWhatAgentsSayAsNothingButText() throws InterruptedException {
        stage.learn(
                HOSTILE,
                Script.byTurn(
                        Turn.call(
                                "jettson_files_write",
                                "{\"path\":\"artifacts/<b>x<b>.html\",\"content\":"
                                        + Json.quote(HOSTILE + "\nsecond\nthird\n") + "}"),
                        Turn.call(
                                "jettson_files_write",
                                "{\"path\":\"artifacts/<b>x<b>.html\",\"content\":"
                                        + Json.quote(HOSTILE + "\nchanged\nthird\n") + "}"),
                        Turn.call("jettson_shell_run", "{\"command\":\"cat 'artifacts/<b>x<b>.html'\"}"),
                        Turn.text(HOSTILE)));
        JsonNode run = runs.done(HOSTILE);
        runs.lengthen(
                run.path("id").asText(), List.of(new Entry.ToolShowed(3, "seen", new Picture("image/png", PIXEL))));
        show("/console/runs/" + run.path("id").asText());
        tab.see("Completed");
        tab.see("changed");
        tab.until("document.querySelector('.diff .added') && document.querySelector('.diff .removed')");
        tab.until("document.querySelector('.shot img')?.naturalWidth === 1");
        tab.js("document.querySelector('.virtual').scrollTop = 0");
        tab.examine("run-timeline");
        for (String part : List.of("Time and tokens", "Artifacts", "Runs", "About", "Files")) {
            tab.click(part);
            if (part.equals("Artifacts")) {
                tab.click("artifacts/<b>x<b>.html");
                tab.see("changed");
            }
            tab.until("!document.querySelector('.loading')");
            tab.examine("run-" + part.toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
        assertThat(tab.js("window.hacked ?? 0").asInt()).isZero();
        assertThat(tab.js("document.querySelectorAll('main script, main img[src=x]').length")
                        .asInt())
                .isZero();
    }

    @Test
    void staysSmallAndQuickWithTenThousandEventsAndALargeOutput() throws InterruptedException {
        stage.learn("A long run", Script.byTurn(Turn.text("Short.")));
        String run = runs.done("A long run").path("id").asText();
        runs.lengthen(run, tenThousand());
        show("/console/runs/" + run);
        tab.see("Completed");
        tab.see("Download the output");
        assertThat(tab.js("document.querySelectorAll('.virtual-row').length").asInt())
                .isLessThan(100);
        tab.command("HeapProfiler.collectGarbage", Map.of());
        tab.command("Performance.enable", Map.of());
        assertThat(metric("JSHeapUsedSize")).isLessThan(150_000_000);
        double slowest = slowestFrameOfScrolling();
        assertThat(slowest).as("slowest frame in ms, on a busy machine").isLessThan(2_000);
        tab.press("/");
        tab.type("needle1234");
        tab.press("Enter");
        tab.see("1 of 1");
        tab.see("step 1234");
        tab.press("Tab");
        tab.js("document.activeElement.blur()");
        tab.press("j");
        tab.see("I do step 1235");
        tab.press("f");
        tab.see("Completed");
        tab.picture("run-long");
    }

    @Test
    void showsAStepSoonAfterItIsStored() throws InterruptedException {
        String agent = stage.play(
                "Say when",
                Turn.call("jettson_shell_run", "{\"command\":\"sleep 6\"}"),
                Turn.text("Now.").slowly(Duration.ofMillis(500), Duration.ofMillis(300)));
        show("/console/agents/" + agent);
        tab.see("sleep 6");
        tab.js("""
                window.seen = null;
                new MutationObserver(() => {
                  const text = [...document.querySelectorAll('.said')].some(each => each.innerText.includes('Now.'));
                  window.seen ??= text ? Date.now() : null;
                }).observe(document.body, {subtree: true, childList: true, characterData: true});
                true""");
        tab.until("window.seen");
        String run = runs.newest(stage.plane().operator(), agent).path("id").asText();
        JsonNode stored = runs.api()
                .get("/api/v1/runs/" + run + "/events?pieces=true&kind=model_delta")
                .json()
                .at("/data/0");
        double late = tab.js("window.seen").asDouble() - stored.path("ts").asDouble();
        assertThat(late).as("ms; generous for a busy machine").isLessThan(3_000);
        System.getLogger("RunPagesTest")
                .log(System.Logger.Level.INFO, "a step was on the screen after " + late + " ms");
    }

    private static List<Entry> tenThousand() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 2; i < 2_502; i++) {
            String call = "call" + i;
            Json input = new Json("{\"command\":\"step " + i + "\"}");
            entries.add(new Entry.ModelCalled(i, 1));
            Reply reply = new Reply(
                    "I do step " + i, "", List.of(), new Usage(1_000, 20, 0, 0), Reply.Stop.TOOLS, "m", Map.of());
            entries.add(new Entry.ModelReplied(i, reply));
            entries.add(new Entry.ToolCalled(i, new ToolCall(call, "shell_run", input)));
            String stdout = i == 2_501 ? "large ".repeat(850_000) : "line of output\n".repeat(30) + "needle" + i;
            Json output = new Json("{\"stdout\":" + Json.quote(stdout) + ",\"stderr\":\"\",\"exit_code\":0}");
            entries.add(new Entry.ToolReturned(i, call, "shell_run", output, false, false, 5));
        }
        return entries;
    }

    /** In ms, from the end of the list to its beginning. */
    private double slowestFrameOfScrolling() {
        return tab.js("""
                new Promise(done => {
                  const list = document.querySelector('.virtual');
                  let slowest = 0, count = 0, last = performance.now();
                  const step = () => {
                    const now = performance.now();
                    slowest = Math.max(slowest, now - last);
                    last = now;
                    list.scrollTop = list.scrollHeight * (1 - count / 100);
                    count++ < 100 ? requestAnimationFrame(step) : done(slowest);
                  };
                  requestAnimationFrame(step);
                })""").asDouble();
    }

    private double metric(String name) {
        for (JsonNode metric : tab.command("Performance.getMetrics", Map.of()).path("metrics")) {
            if (metric.path("name").asText().equals(name)) {
                return metric.path("value").asDouble();
            }
        }
        throw new AssertionError("Chromium tells no " + name);
    }

    /** Whoever is not known any more logs in again. */
    private void reload() {
        tab.reload();
        tab.until("document.querySelector('#navigation, .login')");
        if (tab.js("Boolean(document.querySelector('.login'))").asBoolean()) {
            tab.fill("username", "admin");
            tab.fill("password", "a password for tests");
            tab.clickOn("dialog.login button.primary, form.login button.primary");
        }
    }

    private void show(String path) {
        tab.login(url, path, "admin", "a password for tests");
    }
}
