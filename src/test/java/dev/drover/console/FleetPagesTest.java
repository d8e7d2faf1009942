package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents that keep computers, as people see them. */
@Timeout(300)
class FleetPagesTest {
    private static TestingPlane plane;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        plane = TestingPlane.offline();
    }

    @AfterAll
    static void close() {
        plane.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    private static void agent(String name) {
        assertThat(plane.post("/api/agents", "{\"name\":\"" + name + "\"}").statusCode())
                .isEqualTo(200);
    }

    private static void run(String name, String command) {
        String body = "{\"command\":\"" + command.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        assertThat(plane.post("/api/agents/" + name + "/exec", body).body()).contains("\"exit_code\":0");
    }

    /** Typed key by key, as a terminal wants it. */
    private void keys(String text) {
        text.chars().forEach(key -> tab.press(Character.toString(key)));
    }

    private void at(String path) {
        tab.login(plane.url().toString(), path, "admin", "a password for tests");
    }

    @Test
    void makesAnAgentAndDeletesItByItsTypedName() {
        at("/console/fleet");
        tab.click("New agent");
        tab.fill("Name", "Ledger Bot");
        tab.fill("Instructions", "Keep the books.");
        tab.picture("fleet-new");
        tab.click("Make the agent");
        tab.until("location.pathname === '/console/fleet/ledger-bot'");
        tab.see("What its computer uses");
        tab.see("of one core");
        tab.examine("fleet-agent");
        tab.click("Delete");
        tab.see("Type ledger-bot to confirm");
        assertThat(tab.js("document.querySelector('dialog button.danger').disabled")
                        .asBoolean())
                .isTrue();
        tab.fill("Type", "ledger-bot");
        tab.click("Delete the agent");
        tab.until("location.pathname === '/console/fleet'");
        tab.seeNot("ledger-bot");
        assertThat(plane.get("/api/agents/ledger-bot").statusCode()).isEqualTo(404);
    }

    @Test
    void startsStopsAndRenames() {
        agent("worker");
        at("/console/fleet/worker");
        tab.click("Stop");
        tab.until("document.querySelector('.badge[data-state=stopped]')");
        tab.see("The computer is off");
        tab.click("Start");
        tab.until("document.querySelector('.badge[data-state=running]')");
        tab.click("Rename");
        tab.fill("New name", "labourer");
        tab.js("document.querySelector('dialog form').requestSubmit()");
        tab.until("location.pathname.startsWith('/console/fleet/labourer')");
        tab.until("document.querySelector('h1').innerText === 'labourer'");
    }

    @Test
    void stopsManyAtOnce() {
        agent("pair-one");
        agent("pair-two");
        at("/console/fleet?q=pair-");
        tab.until("document.querySelectorAll('.badge[data-state=running]').length === 2");
        tab.click("Choose all that are shown");
        tab.see("2 agents chosen");
        tab.click("Stop them");
        tab.until("document.querySelectorAll('.badge[data-state=stopped]').length === 2");
        tab.see("2 agents: done");
        assertThat(plane.get("/api/agents/pair-one").body()).contains("\"status\":\"stopped\"");
    }

    @Test
    void hearsWhatOthersDo() {
        agent("watched");
        at("/console/fleet/watched");
        tab.until("document.querySelector('.badge[data-state=running]')");
        plane.post("/api/agents/watched/stop", "");
        tab.until("document.querySelector('.badge[data-state=stopped]')");
    }

    @Test
    void opensATerminal() {
        agent("typist");
        at("/console/fleet/typist/terminal");
        tab.see("You are in the agent's computer");
        tab.click("Tell a screen reader");
        tab.js("document.querySelector('.xterm-helper-textarea').focus()");
        keys("echo h$((40+2))o");
        tab.press("Enter");
        tab.until("document.querySelector('.terminal-words').innerText.includes('h42o')");
        tab.examine("fleet-terminal");
        tab.js("document.querySelector('.xterm-helper-textarea').focus()");
        keys("exit 3");
        tab.press("Enter");
        tab.see("The shell ended with code 3.");
    }

    @Test
    void showsManyLinesWithoutLosingAny() {
        agent("counter");
        at("/console/fleet/counter/terminal");
        tab.see("You are in the agent's computer");
        tab.click("Tell a screen reader");
        tab.js("document.querySelector('.xterm-helper-textarea').focus()");
        keys("seq 300000; echo d$((1+1))e");
        tab.press("Enter");
        tab.until("/299999\\s+300000\\s+d2e/.test(document.querySelector('.terminal-words').innerText)");
    }

    @Test
    void showsFilesWhateverTheirNamesAre() {
        agent("hoarder");
        run(
                "hoarder",
                "mkdir -p '<b>fat' && printf 'one\\ntwo\\n' > notes.txt && printf '\\0\\1\\2bytes' > raw.bin"
                        + " && echo x > '<img src=x onerror=document.title=1>' && ln -s /etc/passwd away"
                        + " && printf '%s' '<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>"
                        + "document.title=2</script></svg>' > shape.svg");
        at("/console/fleet/hoarder/files");
        tab.see("<img src=x onerror=document.title=1>");
        tab.see("<b>fat");
        assertThat(tab.text()).doesNotContain("away");
        tab.click("notes.txt");
        tab.see("one\ntwo");
        tab.examine("fleet-files");
        tab.click("Edit");
        tab.fill("Text of the file", "three");
        tab.click("Save");
        tab.see("Saved notes.txt");
        assertThat(plane.get("/api/agents/hoarder/files/download?path=notes.txt")
                        .body())
                .isEqualTo("three");
        tab.click("raw.bin");
        tab.see("It is no text");
        tab.click("shape.svg");
        tab.until("document.querySelector('.files-picture')?.complete");
        tab.click("<img src=x");
        tab.until("document.querySelector('.files-text')?.innerText === 'x\\n'"
                + " || document.querySelector('.files-text')?.innerText === 'x'");
        assertThat(tab.js("document.title").asText()).startsWith("hoarder");
    }

    @Test
    void makesASchedule() {
        agent("morning");
        at("/console/fleet/morning/schedules");
        tab.click("New schedule");
        tab.fill("Name", "Greeting");
        tab.fill("Task", "$ echo good morning");
        tab.fill("Usual times", "0 9 * * 1-5");
        tab.fill("Time zone", "Europe/Berlin");
        tab.picture("fleet-schedule");
        tab.click("Make it");
        tab.see("Greeting");
        tab.see("does not fire");
        tab.click("Turn it on in its settings");
        tab.click("Starts work by itself");
        tab.see("1 of its 1 schedules are on");
        tab.examine("fleet-settings");
        tab.click("Schedules");
        tab.see("09:00, Europe/Berlin");
        tab.examine("fleet-schedules");
        tab.click("Start Greeting now");
        tab.click("Executions");
        tab.see("$ echo good morning");
    }

    @Test
    void talks() {
        agent("parrot");
        at("/console/fleet/parrot/chat");
        tab.fill("Your word", "$ echo good day");
        tab.click("Say it");
        tab.until("document.querySelectorAll('.talk-words li').length === 2"
                + " && document.querySelector('.talk-words li.agent').innerText.includes('good day')"
                + " && !document.querySelector('.talk-words .loading')");
        tab.examine("fleet-chat");
        tab.click("Executions");
        tab.click("$ echo good day");
        tab.see("Answered");
        tab.examine("fleet-executions");
    }

    @Test
    void sharesAndPutsCredentialsIn() {
        agent("shared");
        agent("callee");
        at("/console/fleet/shared/sharing");
        tab.fill("Mail address", "mira@example.org");
        tab.click("Share");
        tab.see("mira@example.org");
        tab.fill("Another agent", "callee");
        tab.click("Let it call this one");
        tab.until("document.querySelector('a[href=\"/console/fleet/callee\"]')");
        tab.examine("fleet-sharing");
        tab.click("Credentials");
        tab.click("Put credentials in");
        tab.fill("Content", "TOKEN=very secret");
        tab.js("document.querySelector('dialog form').requestSubmit()");
        tab.see("1 variable in .env");
        assertThat(tab.text()).doesNotContain("very secret");
        tab.examine("fleet-credentials");
        tab.click("Log");
        tab.until("document.querySelector('.logs')");
        tab.examine("fleet-log");
    }

    @Test
    void findsAmongFiveHundred() {
        plane.database().database().jdbi().useHandle(handle -> handle.execute("""
                with made as (
                    insert into agent (id, owner_id, name, slug, origin, profile, created_at, runs)
                    select gen_random_uuid(), (select id from app_user where name = 'admin'), 'herd-' || n,
                        'herd-' || n,
                        'trinity', 'default', now() - interval '1 day', 0
                    from generate_series(1, 500) n returning id, slug)
                insert into machine (agent_id, host, ready, kind, runtime, tracks_branch, base_image, config, port, cpu,
                    memory, state, wanted, container, created_at, changed_at)
                select id, 'elsewhere', true, 'herding', 'claude-code', true, 'trinity-agent-base:latest', '{}',
                    50000 + substr(slug, 6)::int, '2', '4g', 'stopped', false, repeat('a', 64), now(), now() from made
                """));
        at("/console/fleet");
        tab.see("100 of 5");
        tab.click("Show more");
        tab.until("document.querySelectorAll('tbody tr').length === 200");
        tab.fill("Search", "herd-44");
        tab.until("document.querySelectorAll('tbody tr').length === 11");
        assertThat(tab.js("location.search").asText()).isEqualTo("?q=herd-44");
        tab.examine("fleet");
        tab.click("Choose all that are shown");
        tab.see("11 agents chosen");
        tab.fill("State", "running");
        tab.see("No agent fits");
    }
}
