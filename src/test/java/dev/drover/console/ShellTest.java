package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingPlane;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShellTest {
    private static TestingPlane plane;
    private static String url;
    private final TestingTab tab = TestingChromium.tab();

    @BeforeAll
    static void open() {
        plane = TestingPlane.offline();
        url = plane.url().toString();
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

    @Test
    void showsThePageOfAPathAfterLogin() {
        tab.login(url, "/console/health", "admin", "a password for tests");
        tab.see("Health");
        tab.until("document.title === 'Health · Drover'");
        tab.examine("health");
    }

    @Test
    void saysSoWhenThereIsNoSuchPage() {
        tab.login(url, "/console/nowhere/at/all", "admin", "a password for tests");
        tab.see("There is nothing at /console/nowhere/at/all");
        tab.examine("nowhere");
    }

    @Test
    void goesToPagesByTheKeyboardAlone() {
        tab.login(url, "/console/health", "admin", "a password for tests");
        tab.see("Health");
        tab.press("ctrl+k");
        tab.until("document.activeElement.getAttribute('role') === 'combobox'");
        tab.type("heal");
        tab.until("document.querySelectorAll('[role=option]').length === 1");
        tab.examine("palette");
        tab.press("Enter");
        tab.until("!document.querySelector('dialog')");
        tab.press("?");
        tab.see("Command palette");
        tab.examine("keys-of-the-console");
    }

    @Test
    void turnsItsThemeAndKeepsIt() {
        tab.login(url, "/console/health", "admin", "a password for tests");
        tab.see("Health");
        tab.press("t");
        tab.until("document.documentElement.dataset.theme === 'light'");
        tab.reload();
        assertThat(tab.js("document.documentElement.dataset.theme").asText()).isEqualTo("light");
    }

    @Test
    void servesItsFilesForEverUnderTheirVersionAndThePageAnew() {
        HttpResponse<String> page =
                plane.send(HttpRequest.newBuilder(plane.url().resolve("/console/agents/any")));
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "http:", "https:");
        Matcher file = Pattern.compile("/console-files/[0-9a-f]{12}/js/main.js").matcher(page.body());
        assertThat(file.find()).isTrue();
        HttpResponse<String> script =
                plane.send(HttpRequest.newBuilder(plane.url().resolve(file.group())));
        assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(page.body()).doesNotContain("<script>");
        String outside = file.group().replace("js/main.js", "..%2f..%2fprices.json");
        assertThat(plane.send(HttpRequest.newBuilder(plane.url().resolve(outside)))
                        .statusCode())
                .isEqualTo(404);
    }
}
