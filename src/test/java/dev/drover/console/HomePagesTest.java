package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.TestingApi;
import dev.drover.testing.TestingPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HomePagesTest {
    private static final String PASSWORD = "a password for tests";
    private static TestingApi server;
    private static String url;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() throws IOException {
        server = new TestingApi(TestingPlane.start(Map.of("DROVER_MODEL", "offline", "DROVER_PORT", free())));
        url = server.plane().url().toString();
    }

    /** A port that stays the same when the server is started again. */
    private static String free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    private void at(String path) {
        tab.login(url, path, "admin", PASSWORD);
    }

    /** Goes to a page without loading anything anew. */
    private void go(String path) {
        tab.js("history.pushState(null, '', '" + path + "'); dispatchEvent(new PopStateEvent('popstate'))");
    }

    private static void sql(String sql) {
        server.plane().database().database().jdbi().useHandle(handle -> handle.execute(sql));
    }

    @Test
    void saysWhatToDoNextOnAnEmptyServer() {
        try (TestingPlane empty = TestingPlane.offline()) {
            tab.login(empty.url().toString(), "/console", "admin", PASSWORD);
            tab.see("Nobody works here yet");
            tab.see("Connect a model");
            tab.until("document.querySelector('.stream.is-live')");
            tab.examine("home-empty");
            tab.click("Give an agent a task");
            tab.see("What is to be done?");
        }
    }

    @Test
    void watchesATaskFromItsBeginningToItsEndWithoutReloading() throws InterruptedException {
        at("/console/new");
        tab.see("What is to be done?");
        tab.see("only follows fixed steps");
        tab.fill("What is to be done?", "$ sleep 300");
        tab.fill("Name", "A sleeper");
        tab.until("document.querySelector('.curl').textContent.includes('sleep 300')");
        tab.examine("new-task");
        tab.js("document.querySelector('#task').focus(); window.same = true");
        tab.press("ctrl+Enter");
        tab.until("location.pathname.startsWith('/console/agents/ag_')");
        String agent = tab.js("location.pathname.split('/').at(-1)").asText();

        go("/console");
        tab.until("document.querySelector('[data-run] .doing')?.textContent.startsWith('using')");
        tab.until("document.querySelector('[data-agent=\"" + agent + "\"] [data-state=running]')");
        tab.examine("home");
        server.delete("/api/v1/agents/" + agent);
        tab.until("!document.querySelector('[data-run]')");
        tab.until("document.querySelector('[data-agent=\"" + agent + "\"] [data-state=done]')");
        assertThat(tab.js("window.same === true").asBoolean()).isTrue();
    }

    @Test
    void comesBackByItselfWhenTheServerDoes() {
        at("/console");
        tab.until("document.querySelector('.stream.is-live')");
        tab.js("window.same = true");
        server.plane().stop();
        tab.see("The server is away");
        server.plane().restart();
        tab.until("document.querySelector('.stream.is-live')");
        String agent = server.post("/api/v1/agents", "{\"name\": \"After the restart\", \"task\": \"$ sleep 300\"}")
                .text("agent_id");
        tab.see("After the restart");
        assertThat(tab.js("window.same === true").asBoolean()).isTrue();
        server.delete("/api/v1/agents/" + agent);
        tab.until("!document.querySelector('[data-run]')");
    }

    @Test
    void listsFiveHundredAgentsWithHostileNames() {
        sql("""
                insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                select gen_random_uuid(), (select id from app_user limit 1),
                    case when n % 100 = 0 then '<img src=x onerror=window.hacked=1> "${alert(1)}" ' || n
                        else 'Worker ' || n end, 'worker-' || n,
                    (array['jettson', 'make', 'trinity', 'slaw'])[n % 4 + 1], 'jettson-6.0',
                    now() - interval '2 days', 0
                from generate_series(1, 1000) n
                """);
        sql("insert into agent_tag (agent_id, tag) select id, 'night' from agent where slug like 'worker-77%'");
        at("/console/agents");
        tab.see("Worker");
        tab.until("document.querySelectorAll('tbody tr').length >= 100");
        tab.until("(scrollTo(0, document.body.scrollHeight), document.querySelectorAll('tbody tr').length >= 500)");
        tab.fill("Search", "onerror");
        tab.until("document.querySelectorAll('tbody tr').length === 10");
        tab.until("location.search === '?search=onerror'");
        assertThat(tab.js("window.hacked === undefined && !document.querySelector('td img')")
                        .asBoolean())
                .isTrue();
        tab.examine("agents-hostile");
        go("/console/agents");
        tab.until("document.querySelectorAll('tbody tr').length >= 100");
        tab.fill("Tag", "night");
        tab.js("document.querySelector('[name=tag]').dispatchEvent(new Event('change', {bubbles: true}))");
        tab.until("document.querySelectorAll('tbody tr').length === 11");
        go("/console/agents?dialect=make&state=idle&sort=name");
        tab.until("document.querySelector('[name=dialect]').value === 'make'"
                + " && document.querySelectorAll('tbody tr').length >= 100");
        assertThat(tab.js("[...document.querySelectorAll('tbody .tag')].every(tag => tag.textContent === 'make')")
                        .asBoolean())
                .isTrue();
        tab.examine("agents");
        go("/console/agents?search=nobody-is-called-so");
        tab.see("No agent is like that");
        tellHowSoonHomeIsThere();
    }

    /** Printed, since machines differ: what is wanted is a second from the address to the tiles, login renewed. */
    private void tellHowSoonHomeIsThere() {
        List<Double> first = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tab.open(url + "/console");
            // The tiles can be in the page before a busy browser has painted anything at all.
            tab.until("document.querySelector('.tiles')"
                    + " && performance.getEntriesByName('first-contentful-paint').length > 0");
            JsonNode painted =
                    tab.js("[performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.now()]");
            first.add(painted.get(0).asDouble());
            whole.add(painted.get(1).asDouble());
        }
        tab.examine("home-with-a-thousand");
        System.out.printf(
                "With 1,000 agents: first paint after %.0f ms, Home whole after at most %.0f ms (medians of 5)%n",
                middle(first), middle(whole));
        assertThat(middle(whole)).isLessThan(30_000);
    }

    private static double middle(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    @Test
    void showsWhatWasRefusedAtItsField() {
        at("/console/new");
        tab.see("What is to be done?");
        tab.click("Start");
        tab.see("Say what is to be done.");
        assertThat(tab.js("document.activeElement.id").asText()).isEqualTo("task");
        tab.fill("What is to be done?", "$ true");
        tab.fill("Rounds of the model at most", "5000");
        tab.click("Start");
        tab.until("document.querySelector('#max_iterations').getAttribute('aria-invalid') === 'true'");
        tab.until("document.querySelector('#max_iterations-hint').textContent.includes('1000')"
                + " || document.querySelector('#max_iterations-hint').textContent.includes('1,000')");
        tab.examine("new-task-refused");
    }

    @Test
    void sendsFilesAlongAndTellsTheSameAsACommand() throws InterruptedException {
        at("/console/new");
        tab.see("What is to be done?");
        tab.fill("What is to be done?", "$ cat notes.txt");
        tab.js("""
                (() => {
                  const given = new DataTransfer();
                  given.items.add(new File(['what was noted'], 'notes.txt'));
                  const drop = document.querySelector('.drop');
                  drop.dispatchEvent(new DragEvent('drop', {dataTransfer: given, bubbles: true, cancelable: true}));
                })()""");
        tab.until("document.querySelector('.files input')?.value === 'notes.txt'");
        tab.click("only those that I choose");
        tab.until("document.querySelectorAll('.choices input').length > 5");
        tab.click("shell_run");
        tab.until("document.querySelector('.curl').textContent.includes('base64 -w0')");
        tab.until("document.querySelector('.curl').textContent.includes('jettson_shell_run')");
        tab.examine("new-task-with-files");
        tab.click("Start");
        tab.until("location.pathname.startsWith('/console/agents/ag_')");
        String agent = tab.js("location.pathname.split('/').at(-1)").asText();
        server.await(
                "/api/v1/agents/" + agent,
                shown -> shown.path("status").asText().equals("completed"));
        assertThat(server.get("/api/v1/agents/" + agent + "/logs?kind=tool_result")
                        .body())
                .contains("what was noted");
    }

    @Test
    void saysWhichFilesAreTooLargeBeforeAnythingIsSent() {
        at("/console/new");
        tab.see("What is to be done?");
        tab.js("""
                (() => {
                  const given = new DataTransfer();
                  given.items.add(new File([new Uint8Array(8_000_000)], 'large.bin'));
                  const drop = document.querySelector('.drop');
                  drop.dispatchEvent(new DragEvent('drop', {dataTransfer: given, bubbles: true, cancelable: true}));
                })()""");
        tab.see("All files together may have 7.5 MB");
    }
}
