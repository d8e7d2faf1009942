package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import dev.drover.core.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Squads in the console: who works, what there is to do, what waits for a decision, what a run prints. */
class SquadsPagesTest {
    private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";
    private static TestingApi api;
    private static String url;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        api = new TestingApi();
        url = api.plane().url().toString();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.js("window.hacked === undefined").asBoolean()).isTrue();
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    @Test
    void makesASquadAndShowsWhatItSpends() {
        login("/console/squads");
        tab.click("New squad");
        tab.fill("Name", "Night watch");
        tab.fill("Goal", "See to it that nothing breaks at night");
        tab.fill("Budget a month", "2.00");
        tab.examine("squads-new");
        tab.click("Make the squad");
        tab.see("Nobody works here yet");
        String squad = tab.js("location.pathname.split('/').pop()").asText();
        tab.examine("squad-empty");
        String agent = agent(squad, "Guard", "true", "");
        spend(squad, agent, 90);
        tab.see("$0.90 of $2.00");
        tab.click("Squads");
        tab.see("$0.90 of $2.00");
        tab.see("Nothing waits for you");
        tab.examine("squads");
        go("/console/squads/" + squad + "/costs");
        tab.see("By agent");
        tab.see("Guard");
        tab.examine("squad-costs");
    }

    @Test
    void approvesAHireThatAnAgentAskedFor() {
        String squad = squad("Hiring", true);
        String lead = agent(squad, "Lead", "true", ",\"role\":\"squad_lead\"");
        String hired = api.send(api.as(key(lead), "/api/squads/" + squad + "/agent-hires")
                        .POST(BodyPublishers.ofString("""
                                {"name":"Coder <b>bold</b>","role":"engineer","reason":"%s","adapterType":"process",
                                 "adapterConfig":{"command":"echo","env":{"API_KEY":"very secret"}},
                                 "prompt":"First line\\nSecond line","budgetMonthlyCents":1500}""".formatted(HOSTILE))))
                .text("agentId");
        login("/console/approvals");
        tab.see("Hire Coder <b>bold</b>");
        tab.examine("approvals");
        tab.click("Hire Coder");
        tab.see("The request, as it will be carried out");
        tab.see(HOSTILE);
        tab.see("$15.00");
        tab.see("***REDACTED***");
        tab.seeNot("very secret");
        tab.click("The same as JSON");
        tab.see("\"budgetMonthlyCents\": 1500");
        tab.examine("approval");
        tab.fill("Your comment", HOSTILE);
        tab.click("Comment");
        tab.until("document.querySelectorAll('.comments li').length === 1");
        tab.fill("Note", "welcome aboard");
        tab.click("Approve");
        tab.see("welcome aboard");
        tab.until("document.querySelector('main .badge').dataset.state === 'approved'");
        assertThat(api.get("/api/agents/" + hired).json().at("/agent/status").asText())
                .isEqualTo("active");
        tab.examine("approval-approved");
        tab.click("Approvals");
        tab.click("Decided");
        tab.see("Hire Coder <b>bold</b>");
    }

    @Test
    void movesIssuesOnTheBoardByMenuAndByDragging() {
        String squad = squad("Board", false);
        String agent = agent(squad, "Writer", "true", "");
        api.post("/api/agents/" + agent + "/pause", "");
        String first = issue(squad, HOSTILE, ",\"priority\":\"critical\",\"assigneeAgentId\":\"" + agent + "\"");
        issue(squad, "Second thing", ",\"priority\":\"low\",\"status\":\"todo\"");
        login("/console/squads/" + squad + "/issues");
        tab.see(HOSTILE);
        tab.click("New issue");
        tab.fill("Title", "Third thing");
        tab.examine("issue-new");
        tab.click("Make the issue");
        tab.see("Third thing");
        tab.click("Move BOA-1");
        tab.click("In review");
        tab.see("BOA-1 moved to In review.");
        tab.until("document.querySelector('[data-status=in_review] [data-issue=BOA-1]')");
        drag("BOA-2", "done");
        tab.see("BOA-2 moved to Done.");
        tab.until("document.querySelector('[data-status=done] [data-issue=BOA-2]')");
        tab.until("document.querySelector('[data-status=todo] [data-issue=BOA-3]')");
        assertThat(status(first)).isEqualTo("in_review");
        assertThat(status("BOA-2")).isEqualTo("done");
        api.patch("/api/issues/BOA-3", "{\"status\":\"blocked\"}");
        tab.until("document.querySelector('[data-status=blocked] [data-issue=BOA-3]')");
        tab.seeNot("moved to Done");
        tab.examine("board");
        tab.fill("Words in issues", "second");
        tab.see("1 of 3");
        tab.seeNot("Third thing");
    }

    @Test
    void talksAboutAnIssue() {
        String squad = squad("Issues", false);
        String agent = agent(squad, "Talker", "true", "");
        String parent = issue(squad, "The whole", "");
        String blocker = issue(squad, "Comes before", "");
        String id = issue(
                squad,
                "The part",
                ",\"description\":\"" + HOSTILE + "\",\"parentId\":\"" + parent + "\",\"blockedByIssueIds\":[\""
                        + blocker + "\"]");
        login("/console/issues/" + id);
        tab.see("Part of");
        tab.see("Comes before");
        tab.fill("Your comment", HOSTILE);
        tab.click("Comment");
        tab.until("document.querySelectorAll('.comments li').length === 1");
        tab.fill("Priority", "critical");
        tab.see("The priority is changed.");
        tab.fill("Assignee", agent);
        tab.see("It is assigned.");
        assertThat(api.get("/api/issues/" + id)
                        .json()
                        .at("/issue/assigneeAgentId")
                        .asText())
                .isEqualTo(agent);
        api.post("/api/issues/" + id + "/comments", "{\"body\":\"said elsewhere\"}");
        tab.see("said elsewhere");
        tab.examine("issue");
    }

    @Test
    void drawsTheOrgChartAsAPictureAndAList() {
        String squad = squad("Chart", false);
        String lead = agent(squad, "Ada", "true", ",\"role\":\"squad_lead\",\"title\":\"Head of everything\"");
        String manager = agent(squad, "Grace", "true", ",\"title\":\"Engineering\"" + under(lead));
        String other = agent(squad, "Hedy", "true", ",\"title\":\"Research\"" + under(lead));
        for (int i = 1; i <= 6; i++) {
            agent(squad, "Engineer " + i, "true", under(manager));
        }
        agent(squad, "Reader " + HOSTILE, "true", under(other));
        agent(squad, "Writer", "true", under(other));
        login("/console/squads/" + squad + "/org");
        tab.see("Head of everything");
        assertThat(tab.js("document.querySelectorAll('.org > ul > li > ul > li > ul > li').length")
                        .asInt())
                .isEqualTo(8);
        tab.js("document.querySelector('[data-agent=\"" + lead + "\"]').focus()");
        tab.press("ArrowDown");
        tab.press("ArrowRight");
        assertThat(tab.js("document.activeElement.dataset.agent").asText()).isEqualTo(other);
        tab.examine("org-chart");
        tab.js("document.activeElement.click()");
        tab.see("Research");
        tab.see("Chain of command");
    }

    @Test
    void showsAnAgentWithItsKeysRevisionsAndPermissions() {
        String squad = squad("Staff", false);
        String agent = agent(squad, "Worker", "true", "");
        login("/console/squads/" + squad + "/agents");
        tab.see("Worker");
        tab.examine("squad-agents");
        tab.click("Worker");
        tab.see("Chain of command");
        tab.examine("squad-agent");
        tab.click("Configuration");
        tab.click("Edit");
        tab.fill("Title", "Keeper of the gate");
        tab.fill("Command", "/bin/echo");
        tab.examine("squad-agent-edit");
        tab.click("Save");
        tab.see("Keeper of the gate");
        tab.click("May ask to hire agents");
        tab.see("The permissions are changed.");
        tab.examine("squad-agent-configuration");
        tab.click("Revisions");
        tab.see("+ Keeper of the gate");
        tab.examine("squad-agent-revisions");
        tab.clickOn("main a[href$='part=keys']");
        tab.click("New key");
        tab.fill("Name", "outside");
        tab.click("Make the key");
        tab.see("sk-agent-");
        tab.examine("squad-agent-key");
        tab.click("Close");
        tab.click("Terminate");
        assertThat(tab.js("document.querySelector('dialog .danger').disabled").asBoolean())
                .isTrue();
        tab.fill("typed", "Worker");
        tab.click("Terminate");
        tab.until("document.querySelector('h2.agent-name + .badge').dataset.state === 'terminated'");
        assertThat(api.get("/api/agents/" + agent)
                        .json()
                        .at("/agent/permissions/canCreateAgents")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void asksForAHireInTheBrowser() {
        String squad = squad("Growing", true);
        login("/console/squads/" + squad + "/agents");
        tab.click("Ask to hire");
        tab.fill("Why", "more to do");
        tab.fill("Name", "Helper");
        tab.fill("Role", "engineer");
        tab.fill("Adapter", "process");
        tab.fill("Command", "/bin/echo");
        tab.fill("Arguments", "[\"at work\"]");
        tab.examine("squad-hire");
        tab.click("Ask");
        tab.see("more to do");
        tab.until("document.querySelector('[data-field=adapterConfig]').innerText.includes('at work')");
        tab.click("Reject");
        tab.see("is terminated for good");
        tab.click("Reject");
        tab.until("document.querySelector('main .badge').dataset.state === 'rejected'");
    }

    @Test
    void showsWhatARunPrintsWhileItPrintsIt() {
        String squad = squad("Running", false);
        String script = "echo begins; echo '" + HOSTILE + "'; echo aside >&2; sleep 2; echo later; sleep 120";
        String agent = agent(squad, "Runner", script, "");
        login("/console/squads/" + squad);
        tab.see("No run yet");
        Reply woken = api.post("/api/agents/" + agent + "/heartbeat/invoke", "{\"reason\":\"try it\"}");
        tab.until("document.querySelector('[data-action=\"heartbeat.invoked\"]')");
        tab.see("1 at work or queued");
        tab.examine("squad-at-work");
        go("/console/heartbeats/" + woken.json().at("/run/id").asText());
        tab.see("begins");
        tab.see(HOSTILE);
        tab.see("aside");
        tab.see("later");
        tab.examine("heartbeat");
        tab.click("Cancel");
        tab.click("Cancel the run");
        tab.until("document.querySelector('main .badge').dataset.state === 'cancelled'");
        go("/console/squads/" + squad + "/activity");
        tab.until("document.querySelector('[data-action=\"heartbeat.cancelled\"]')");
        tab.examine("squad-activity");
    }

    @Test
    void tellsWhoeverIsNoOperatorThatSquadsAreNotTheirs() {
        api.post(
                "/api/v1/users", "{\"username\":\"somebody\",\"password\":\"a password for tests\",\"role\":\"user\"}");
        tab.login(url, "/console/squads", "somebody", "a password for tests");
        tab.see("Not allowed");
        tab.see("Operator access required");
        tab.examine("squads-not-allowed");
    }

    private void login(String path) {
        tab.login(url, path, "admin", "a password for tests");
    }

    /** To another page, as a link of the console does. */
    private void go(String path) {
        tab.js("history.pushState(null, '', " + Json.quote(path) + "); dispatchEvent(new PopStateEvent('popstate'))");
    }

    private static String squad(String name, boolean needsApproval) {
        return api.post(
                        "/api/squads",
                        "{\"name\":\"" + name + "\",\"requireOperatorApprovalForNewAgents\":" + needsApproval + "}")
                .json()
                .at("/squad/id")
                .asText();
    }

    private static String agent(String squad, String name, String script, String more) {
        String role = more.contains("\"role\"") ? "" : ",\"role\":\"engineer\"";
        Reply made = api.post(
                "/api/squads/" + squad + "/agents",
                "{\"name\":" + Json.quote(name) + role + more + ",\"adapterType\":\"process\",\"adapterConfig\":"
                        + "{\"command\":\"sh\",\"graceSec\":1,\"args\":[\"-c\"," + Json.quote(script) + "]}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().at("/agent/id").asText();
    }

    private static String under(String manager) {
        return ",\"reportsToAgentId\":\"" + manager + "\"";
    }

    private static String key(String agent) {
        return api.post("/api/agents/" + agent + "/keys", "{\"name\":\"test\"}").text("token");
    }

    private static String issue(String squad, String title, String more) {
        Reply made = api.post("/api/squads/" + squad + "/issues", "{\"title\":" + Json.quote(title) + more + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().at("/issue/id").asText();
    }

    private static String status(String issue) {
        return api.get("/api/issues/" + issue).json().at("/issue/status").asText();
    }

    private static void spend(String squad, String agent, int cents) {
        Reply told = api.post(
                "/api/squads/" + squad + "/cost-events",
                "{\"agentId\":\"" + agent + "\",\"provider\":\"anthropic\",\"model\":\"any\",\"costCents\":" + cents
                        + ",\"inputTokens\":1200,\"outputTokens\":300,\"occurredAt\":\"" + Instant.now() + "\"}");
        assertThat(told.status()).as(told.body()).isEqualTo(201);
    }

    /** As the mouse does: the card is taken, held over the column and let go. */
    private void drag(String issue, String status) {
        tab.js("""
                (() => {
                  const card = document.querySelector('[data-issue=%s]');
                  const column = document.querySelector('[data-status=%s]');
                  const dataTransfer = new DataTransfer();
                  const steps = [[card, 'dragstart'], [column, 'dragover'], [column, 'drop'], [card, 'dragend']];
                  for (const [target, type] of steps) {
                    target.dispatchEvent(new DragEvent(type, {dataTransfer, bubbles: true, cancelable: true}));
                  }
                })()""".formatted(issue, status));
    }
}
