package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingIssuer;
import dev.drover.testing.TestingPlane;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Coming in, staying in and going out, and the pages about people. */
class AccessPagesTest {
    private static final String PASSWORD = "a password for tests";
    private static final TestingIssuer ISSUER = new TestingIssuer();
    private static TestingPlane plane;
    private static String url;

    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        plane = TestingPlane.start(ISSUER.settings());
        url = plane.url().toString();
    }

    @AfterAll
    static void close() {
        plane.close();
        ISSUER.close();
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(tab.complaints()).isEmpty();
        tab.close();
    }

    @Test
    void aWrongPasswordIsToldAndTheRightOneLogsIn() {
        tab.open(url + "/console/account");
        tab.see("Log in to Drover");
        tab.examine("login");
        tab.fill("username", "admin");
        tab.fill("password", "guessed");
        tab.press("Enter");
        tab.see("Incorrect user name or password");
        tab.until("document.activeElement.name === 'password'");
        tab.examine("login-wrong");
        tab.fill("password", PASSWORD);
        tab.press("Enter");
        tab.see("Where I am logged in");
        tab.see("this browser");
        tab.until("document.title === 'My account · Drover'");
        tab.examine("account");
    }

    @Test
    void nothingThatAScriptCanReadHoldsTheSession() {
        tab.login(url, "/console/account", "admin", PASSWORD);
        assertThat(tab.js("document.cookie").asText()).isEmpty();
        assertThat(tab.js("JSON.stringify([localStorage, sessionStorage])").asText())
                .doesNotContain("eyJ");
    }

    @Test
    void aSessionGoesOnWhenTheServerStartsAnew() throws IOException {
        Map<String, String> settings = Map.of("DROVER_MODEL", "offline", "DROVER_PORT", String.valueOf(freePort()));
        try (TestingPlane other = TestingPlane.start(settings)) {
            tab.login(other.url().toString(), "/console/account", "admin", PASSWORD);
            tab.see("Where I am logged in");
            other.restart();
            tab.click("My account");
            tab.reload();
            tab.see("Where I am logged in");
            assertThat(tab.js("Boolean(document.querySelector('dialog'))").asBoolean())
                    .isFalse();
        }
    }

    @Test
    void aSessionThatEndsInTheMiddleCostsNothing() {
        user("mid");
        tab.login(url, "/console/account", "mid", "the password of mid");
        tab.see("Where I am logged in");
        tab.fill("New password", "half typed");
        end("mid");
        tab.js("import(document.querySelector('script[type=module]').src.replace('main', 'api'))"
                + ".then(({api}) => api.get('/api/v1/sessions')"
                + ".catch(error => error.status)).then(status => { window.wentOn = status; }); true");
        tab.see("Your session is over");
        assertThat(tab.text()).contains("Where I am logged in");
        tab.press("Escape");
        tab.press("Escape");
        tab.examine("login-again");
        tab.fill("password", "the password of mid");
        tab.press("Enter");
        tab.until("window.wentOn !== undefined && !document.querySelector('dialog')");
        assertThat(tab.js("document.querySelector('input[name=next]').value").asText())
                .isEqualTo("half typed");
    }

    @Test
    void allTabsLogOutAndInTogether() {
        tab.login(url, "/console/account", "admin", PASSWORD);
        try (TestingTab other = tab.beside()) {
            other.open(url + "/console/account");
            other.see("Where I am logged in");
            tab.click("Log out");
            tab.see("Log in to Drover");
            other.see("Log in to Drover");
            tab.fill("username", "admin");
            tab.fill("password", PASSWORD);
            tab.press("Enter");
            tab.until("document.querySelector('#navigation') && !document.querySelector('.login')");
            other.until("document.querySelector('#navigation') && !document.querySelector('.login')");
            assertThat(other.complaints()).isEmpty();
        }
    }

    @Test
    void anotherBrowserCanBeLoggedOut() {
        user("twice");
        try (TestingTab other = TestingChromium.tab()) {
            other.login(url, "/console/account", "twice", "the password of twice");
            tab.login(url, "/console/account", "twice", "the password of twice");
            tab.until("document.querySelectorAll('tbody tr').length === 2");
            tab.click("Log out Headless Chrome");
            tab.see("needs a login for whatever it does next");
            tab.examine("account-log-out");
            tab.clickOn("dialog[open] button.primary");
            tab.until("document.querySelectorAll('tbody tr').length === 1");
            other.reload();
            other.see("Log in to Drover");
        }
    }

    @Test
    void aChangedPasswordKeepsThisBrowserIn() {
        user("changing");
        tab.login(url, "/console/account", "changing", "the password of changing");
        tab.fill("current", "the password of changing");
        tab.fill("next", "the next password");
        tab.fill("again", "another one");
        tab.clickOn(".password-form button.primary");
        tab.see("are not the same");
        tab.fill("again", "the next password");
        tab.clickOn(".password-form button.primary");
        tab.see("The password is changed");
        tab.reload();
        tab.see("Where I am logged in");
    }

    @Test
    void theProviderLogsSomebodyIn() {
        tab.open(url + "/console/account");
        tab.click("Log in with Example Login");
        tab.see("Where I am logged in");
        tab.see("mira@example.org");
        tab.see("by single sign-on");
        tab.see("Leave it empty if you never had one");
    }

    @Test
    void whatWentWrongAtTheProviderIsToldAtTheLogin() {
        tab.open(url + "/api/v1/session/oidc/callback?error=access_denied&state=none");
        tab.see("The single sign-on did not let you in");
        tab.examine("login-refused");
        tab.fill("username", "admin");
        tab.fill("password", PASSWORD);
        tab.press("Enter");
        tab.until("location.pathname === '/console' && location.search === ''");
    }

    @Test
    void aMailedCodeLogsSomebodyIn() {
        tab.open(url + "/console");
        tab.click("Log in by a mailed code");
        tab.fill("email", "stranger@example.org");
        tab.press("Enter");
        tab.see("a code is on its way");
        tab.examine("login-code");
        tab.fill("code", "123456");
        tab.press("Enter");
        tab.see("The code is wrong or expired");
    }

    @Test
    void aNewServerAsksForItsFirstPassword() {
        Map<String, String> settings = new HashMap<>(
                Map.of("DROVER_MODEL", "offline", "DROVER_ADMIN_PASSWORD", "", "DROVER_REQUIRE_SETUP", "true"));
        try (TestingPlane fresh = TestingPlane.start(settings)) {
            tab.open(fresh.url() + "/console/account");
            tab.see("Welcome to Drover");
            tab.examine("setup");
            tab.fill("password", "the first password");
            tab.fill("again", "the furst password");
            tab.press("Enter");
            tab.see("Passwords do not match");
            tab.fill("again", "the first password");
            tab.press("Enter");
            tab.see("Where I am logged in");
            assertThat(Files.exists(fresh.data().resolve("operator.key"))).isTrue();
        }
    }

    @Test
    void anAdministratorKeepsUsers() {
        tab.login(url, "/console/users", "admin", PASSWORD);
        tab.click("New user");
        tab.fill("username", "nadia");
        tab.examine("users-new");
        tab.clickOn("dialog[open] button.primary");
        tab.see("has no way in");
        tab.fill("password", "the password of nadia");
        tab.clickOn("dialog[open] button.primary");
        tab.see("nadia is a user now");
        tab.examine("users");
        tab.click("Change nadia");
        tab.fill("role", "operator");
        tab.clickOn("dialog[open] button.primary");
        tab.see("nadia is changed");
        tab.click("Disable nadia");
        tab.fill("typed", "nadia");
        tab.examine("users-disable");
        tab.clickOn("dialog[open] button.danger");
        tab.see("nadia is disabled");
        tab.click("Disable admin");
        tab.fill("typed", "admin");
        tab.clickOn("dialog[open] button.danger");
        tab.see("admin is the last administrator");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void user(String name) {
        plane.post("/api/v1/users", "{\"username\": \"%1$s\", \"password\": \"the password of %1$s\"}".formatted(name));
    }

    /** As a changed password does it, or a week without a visit. */
    private static void end(String name) {
        plane.database().database().jdbi().useHandle(handle -> {
            handle.execute("update app_user set generation = generation + 1 where name = ?", name);
            handle.execute(
                    "delete from console_session where user_id = (select id from app_user where name = ?)", name);
        });
    }
}
