package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi;
import dev.drover.testing.Receiver;
import dev.drover.testing.TestingGitHub;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AdminPagesTest {
    private static final String BUNDLE_KEY = "ab".repeat(32);

    private static Receiver receiver;
    private static TestingGitHub github;
    private static TestingApi server;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        receiver = new Receiver();
        github = new TestingGitHub();
        TestingGitHub.Tar skills = new TestingGitHub.Tar()
                .file("skills/greet/SKILL.md", "---\nname: greet\ndescription: Says hello\n---\n# Greet\n");
        github.commit("acme/skills", "main", "1".repeat(40), skills.packed());
        server = new TestingApi(Map.of(
                "DROVER_MODEL",
                "offline",
                "DROVER_PLAN",
                "pro",
                "DROVER_EGRESS_ALLOW",
                receiver.address() + "," + github.places(),
                "DROVER_GITHUB_URL",
                github.url(),
                "CREDENTIAL_ENCRYPTION_KEY",
                BUNDLE_KEY));
        server.plane().database().database().jdbi().useHandle(handle -> handle.execute("""
                insert into app_user (id, name, role, password_hash, created_at)
                select gen_random_uuid(), 'pat', 'user', password_hash, now() from app_user where name = 'admin'
                """));
    }

    @AfterAll
    static void close() {
        server.close();
        receiver.close();
        github.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    private void login(String path) {
        tab.login(server.plane().url().toString(), path, "admin", "a password for tests");
    }

    @Test
    void makesAKeyThatWorksUntilItIsRevoked() {
        login("/console/keys");
        tab.see("operator");
        tab.click("New key");
        tab.fill("Name", "nightly <b>report</b>");
        tab.fill("A minute", "2");
        tab.picture("keys-new-dark");
        tab.click("Make key");
        tab.see("never shown again");
        String secret =
                tab.js("document.querySelector('.secret code').innerText").asText();
        assertThat(status(secret)).isEqualTo(200);
        tab.picture("keys-secret-dark");
        tab.click("Close");
        tab.see("nightly <b>report</b>");
        tab.see("2 a minute");
        tab.seeNot(secret);
        tab.examine("keys");

        tab.click("Change nightly <b>report</b>");
        tab.fill("Name", "nightly");
        tab.click("Save");
        tab.until("document.querySelector('[aria-label=\"Revoke nightly\"]')");
        tab.click("Revoke nightly");
        tab.click("Revoke key");
        tab.see("The key nightly is revoked.");
        tab.until("!document.querySelector('[aria-label=\"Revoke nightly\"]')");
        assertThat(status(secret)).isEqualTo(401);
        tab.click("Show revoked keys");
        tab.see("revoked");
    }

    private static int status(String key) {
        return server.send(server.as(key, "/api/v1/agents")).status();
    }

    @Test
    void makesAnMcpKeyAndForgetsIt() {
        login("/console/keys?tab=mcp");
        tab.click("New key");
        tab.fill("Name", "desktop");
        tab.click("Make key");
        tab.see("never shown again");
        String secret =
                tab.js("document.querySelector('.secret code').innerText").asText();
        tab.click("Close");
        tab.see("desktop");
        tab.examine("mcp-keys");
        assertThat(status(secret)).isEqualTo(200);
        tab.click("Delete desktop");
        tab.click("Delete key");
        tab.see("The key desktop is deleted.");
        assertThat(status(secret)).isEqualTo(401);
    }

    @Test
    void keepsASecretAndNeverShowsIt() {
        login("/console/secrets");
        tab.see("No secrets yet");
        tab.examine("secrets-empty");
        tab.click("New secret");
        tab.fill("Name", "GITHUB_TOKEN");
        tab.fill("Value", "a value of great worth");
        tab.fill("What for", "to read our repositories");
        tab.fill("May go to", "api.github.com, uploads.github.com");
        tab.picture("secrets-new-dark");
        tab.click("Keep secret");
        tab.see("GITHUB_TOKEN is kept.");
        tab.see("uploads.github.com");
        tab.seeNot("a value of great worth");
        tab.examine("secrets");
        assertThat(server.get("/api/v1/secrets/GITHUB_TOKEN").text("description"))
                .isEqualTo("to read our repositories");

        tab.click("Delete GITHUB_TOKEN");
        assertThat(tab.js("document.querySelector('dialog .danger').disabled").asBoolean())
                .isTrue();
        tab.fill("typed", "GITHUB_TOKEN");
        tab.click("Delete secret");
        tab.see("No secrets yet");
    }

    @Test
    void tellsAWebhookAndShowsHowThatWent() {
        login("/console/webhooks");
        tab.see("No webhooks yet");
        tab.click("New webhook");
        tab.fill("Address", "http://127.0.0.1:1/inside");
        tab.click("Make webhook");
        tab.until("document.querySelector('dialog [role=alert]')");
        tab.fill("Address", receiver.url());
        tab.click("Make webhook");
        tab.see("Signing secret");
        String secret =
                tab.js("document.querySelector('.secret code').innerText").asText();
        tab.click("Close");
        tab.see("Nothing was sent yet");
        tab.click("Send a test");
        tab.see("delivered");
        tab.see("HTTP 200");
        assertThat(receiver.messages()).isNotEmpty();
        assertThat(secret).startsWith("whsec_");
        tab.examine("webhook");

        receiver.answers(Receiver.Answer.status(500));
        tab.click("Send again");
        tab.see("HTTP 500");
        tab.click("Send again");
        tab.see("HTTP 200");
        tab.click("Disable");
        tab.see("disabled");
        tab.click("Webhooks");
        tab.see(receiver.url());
        tab.examine("webhooks");
    }

    @Test
    void showsThePlanBesideWhatIsUsed() {
        login("/console/usage");
        tab.see("plan pro");
        tab.see("0 of 3");
        tab.see("at most 120 min");
        tab.examine("usage");
        String before = tab.js("document.querySelector('select[name=period]').options[1].value")
                .asText();
        tab.fill("Month", before);
        tab.until("location.search === '?period=" + before + "'");
        tab.see("0 of 3");
    }

    @Test
    void showsInTheAuditWhoDidWhat() {
        String id = server.post("/api/v1/keys", "{\"name\": \"of the audit\"}").text("key_id");
        server.delete("/api/v1/keys/" + id);
        login("/console/audit");
        tab.see("key.revoke");
        tab.see("of the audit");
        tab.examine("audit");
        tab.fill("Did what", "key.revoke");
        tab.click("Find");
        tab.until("location.search === '?action=key.revoke'");
        tab.seeNot("key.create");
        tab.click("key.revoke");
        tab.fill("Did what", "nothing.like.it");
        tab.click("Find");
        tab.see("Nothing fits");
        tab.click("Show everything");
        tab.see("login");
    }

    @Test
    void changesSettingsOfTheServer() {
        login("/console/settings");
        tab.see("ssh_access_enabled");
        tab.examine("settings");
        tab.click("ssh_access_enabled");
        tab.see("ssh_access_enabled is on.");
        assertThat(server.get("/api/settings/ssh_access_enabled").text("value")).isEqualTo("true");
        tab.click("Put back ssh_access_enabled");
        tab.see("ssh_access_enabled is as it came.");

        tab.fill("Address to add", "ada@example.org");
        tab.click("Add");
        tab.until("document.querySelector('[aria-label=\"Remove ada@example.org\"]')");
        tab.fill("Address to add", "ada@example.org");
        tab.click("Add");
        tab.see("already on the whitelist");

        tab.fill("Repository", "acme/skills");
        tab.click("Save");
        tab.see("The library comes from there at the next sync.");
        tab.click("Sync now");
        tab.see("Library synced from GitHub: 1 skill.");
        tab.click("The skills");
        tab.see("Says hello");

        tab.seeNot(BUNDLE_KEY);
        tab.click("Show the key");
        tab.fill("typed", "show");
        tab.click("Show the key");
        tab.see(BUNDLE_KEY);
        assertThat(server.get("/api/v1/audit?action=credentials.key").json().path("data"))
                .hasSize(1);
    }

    @Test
    void tellsWhatTheServerStandsOn() {
        login("/console/health");
        tab.see("PostgreSQL");
        tab.see("answers in");
        tab.see("Queues");
        tab.examine("health-doctor");
        assertThat(tab.text()).contains("Computers", "process:", "Memory", "Webhooks");
        tab.js("[...document.querySelectorAll('main time')].at(-1).title = 'of old'");
        tab.click("Look again");
        tab.until("![...document.querySelectorAll('main time')].at(-1).title.includes('of old')");
    }

    @Test
    void tellsAUserWhomAPageIsFor() {
        tab.login(server.plane().url().toString(), "/console/audit", "pat", "a password for tests");
        tab.see("This page is for administrators");
        tab.see("whose role is user");
        tab.examine("audit-of-a-user");
        visit("/console/settings");
        tab.see("It changes how the whole server works.");
        visit("/console/health");
        tab.see("for operators and administrators");
        tab.examine("health-of-a-user");
        tab.seeNot("PostgreSQL");
    }

    /** As a link would, without a new login. */
    private void visit(String path) {
        tab.js("history.pushState(null, '', '" + path + "'); dispatchEvent(new PopStateEvent('popstate'))");
    }
}
