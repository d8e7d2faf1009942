package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.testing.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A person at the console: opens pages, reads, clicks and types. Whatever the page complains about is kept. */
final class TestingTab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final TestingChromium chromium;
    private final String context;
    private final String target;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final BiConsumer<String, JsonNode> ear = this::hear;

    TestingTab(TestingChromium chromium, String context, String target, String session) {
        this.chromium = chromium;
        this.context = context;
        this.target = target;
        this.session = session;
        chromium.listen(ear);
        List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(each -> command(each, Map.of()));
        size(1280, 800);
        theme("dark");
    }

    /** Another tab of the same person. */
    TestingTab beside() {
        return TestingChromium.tab(chromium, context);
    }

    private void hear(String of, JsonNode message) {
        if (!of.equals(session)) {
            return;
        }
        JsonNode said = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" ->
                complaints.add(said.path("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                JsonNode entry = said.path("entry");
                // What the network refuses is the test's own doing; that the page's policy was broken is not.
                if (entry.path("level").asText().equals("error")
                        && !entry.path("source").asText().equals("network")) {
                    complaints.add(entry.path("text").asText());
                }
            }
            default -> {}
        }
    }

    JsonNode command(String method, Map<String, ?> parameters) {
        return chromium.ask(method, parameters, session);
    }

    /** In CSS pixels. */
    void size(int width, int height) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the system prefers, {@code dark} or {@code light}; for pages that are opened from now on. */
    void theme(String preference) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", preference))));
    }

    void open(String url) {
        command("Page.navigate", Map.of("url", url));
        until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    void reload() {
        js("window.before = true");
        command("Page.reload", Map.of());
        until("!window.before && document.readyState === 'complete'");
    }

    private static Optional<JsonNode> present(JsonNode value) {
        return value.asBoolean() ? Optional.of(value) : Optional.empty();
    }

    /** What an expression comes to, as JSON; a promise is waited for. */
    JsonNode js(String expression) {
        JsonNode answer = command(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            String why = answer.path("exceptionDetails")
                    .path("exception")
                    .path("description")
                    .asText();
            // A page that is just being left cannot answer; whoever waits asks again.
            throw new AssertionError(expression + ": " + why);
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true. */
    void until(String expression) {
        try {
            Waiting.until(PATIENCE, () -> {
                try {
                    return present(js("Boolean(" + expression + ")"));
                } catch (AssertionError away) {
                    return Optional.empty();
                }
            });
        } catch (AssertionError e) {
            throw new AssertionError("never came: " + expression + "; the page says: " + text() + "; " + complaints, e);
        }
    }

    /** Waits until the page shows a text somewhere. */
    void see(String text) {
        until("document.body.innerText.includes(" + quoted(text) + ")");
    }

    void seeNot(String text) {
        until("!document.body.innerText.includes(" + quoted(text) + ")");
    }

    String text() {
        return js("document.body.innerText").asText();
    }

    /** Waits for a button, link or summary by its words or label, and clicks it; the foremost dialog comes first. */
    void click(String words) {
        String find = """
                (() => {
                  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
                  const all = [...root.querySelectorAll('button, a, summary, [role=option], [role=tab], label')];
                  const shown = all.filter(each => each.checkVisibility() && !each.disabled);
                  const name = each => (each.getAttribute('aria-label') ?? each.innerText).trim();
                  return shown.find(each => name(each) === %1$s) ?? shown.find(each => name(each).startsWith(%1$s));
                })()""".formatted(quoted(words));
        until(find);
        js(find + ".click()");
    }

    /** Waits for what a selector finds, and clicks it. */
    void clickOn(String selector) {
        until("document.querySelector(" + quoted(selector) + ")");
        js("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Puts a text in the place of what a field holds, which is found by its label or its name. */
    void fill(String label, String text) {
        String find = """
                (() => {
                  const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
                  const all = [...root.querySelectorAll('input, textarea, select')];
                  const fields = all.filter(each => each.checkVisibility());
                  const names = each => [...(each.labels ?? [])].map(one => one.innerText.trim())
                    .concat(each.getAttribute('aria-label') ?? '', each.name);
                  return fields.find(each => names(each).includes(%1$s))
                    ?? fields.find(each => names(each).some(one => one.startsWith(%1$s)));
                })()""".formatted(quoted(label));
        until(find);
        if (js(find + ".tagName").asText().equals("SELECT")) {
            js("(select => { select.value = " + quoted(text)
                    + "; select.dispatchEvent(new Event('change', {bubbles: true})); })(" + find + ")");
            return;
        }
        js("(field => { field.focus(); field.select(); })(" + find + ")");
        if (text.isEmpty()) {
            js("(field => { field.value = ''; field.dispatchEvent(new Event('input', {bubbles: true})); })(" + find
                    + ")");
        } else {
            type(text);
        }
    }

    /** Types a text wherever the keyboard is. */
    void type(String text) {
        command("Input.insertText", Map.of("text", text));
    }

    /** Presses a key by its name, such as {@code Enter}, {@code k} or {@code ctrl+k}. */
    void press(String key) {
        boolean withCtrl = key.startsWith("ctrl+");
        String plain = withCtrl ? key.substring(5) : key;
        Map<String, Object> stroke = new HashMap<>(Map.of("key", plain, "modifiers", withCtrl ? 2 : 0));
        boolean isLetter = plain.length() == 1 && !withCtrl;
        if (isLetter) {
            stroke.put("text", plain);
        }
        if (plain.equals("Enter")) {
            stroke.put("text", "\r");
            stroke.put("windowsVirtualKeyCode", 13);
        }
        stroke.put("type", stroke.containsKey("text") ? "keyDown" : "rawKeyDown");
        command("Input.dispatchKeyEvent", stroke);
        command("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", plain));
    }

    /** Logs in as the administrator that testing servers have. */
    void login(String server) {
        login(server, "/console", "admin", "a password for tests");
    }

    void login(String server, String path, String user, String password) {
        open(server + path);
        fill("username", user);
        fill("password", password);
        clickOn("dialog.login button.primary, form.login button.primary");
        until("document.querySelector('#navigation') && !document.querySelector('.login')");
    }

    /** Where files go that are downloaded from now on. */
    void downloadsTo(Path folder) {
        chromium.ask(
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "browserContextId", context, "downloadPath", folder.toString()),
                TestingChromium.ITSELF);
    }

    /** A picture of what is seen, in target/screenshots. */
    void picture(String name) {
        byte[] png = Base64.getDecoder()
                .decode(command("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has axe look for what people with disabilities stumble over, in both themes and at a phone's width, and takes a
     * picture of each.
     */
    void examine(String name) {
        for (String theme : List.of("dark", "light")) {
            js("document.documentElement.dataset.theme = " + quoted(theme));
            assertThat(axe()).as(name + " in the theme " + theme).isEmpty();
            picture(name + "-" + theme);
        }
        size(360, 740);
        assertThat(axe()).as(name + " at 360 px").isEmpty();
        assertThat(js("document.documentElement.scrollWidth").asInt())
                .as(name + " needs no scrolling sideways at 360 px")
                .isLessThanOrEqualTo(360);
        picture(name + "-360");
        size(1280, 800);
        js("document.documentElement.dataset.theme = 'dark'");
    }

    /** What axe finds serious or critical: rule, and where. */
    List<String> axe() {
        if (!js("Boolean(window.axe)").asBoolean()) {
            js(script() + "; true");
        }
        JsonNode found = js("""
                axe.run(document, {resultTypes: ['violations'],
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                  .then(all => all.violations.filter(each => ['serious', 'critical'].includes(each.impact))
                    .map(each => each.id + ': ' + each.nodes.slice(0, 3)
                      .map(node => node.html + ' ' + node.any.map(one => one.message).join(' ')).join(' | ')))""");
        List<String> violations = new ArrayList<>();
        found.forEach(each -> violations.add(each.asText()));
        return violations;
    }

    private static String script() {
        try (InputStream in = TestingTab.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exceptions, and breaches of the page's policy, since it was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Override
    public void close() {
        chromium.forget(ear);
        chromium.ask("Target.closeTarget", Map.of("targetId", target), TestingChromium.ITSELF);
    }
}
