package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.model.Picture;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import dev.drover.provider.tool.ToolJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the five browser tools: what differs is the work on the tab. */
public final class BrowserTool implements ShowingTool {
    private static final int PREVIEW = 500;

    private final ToolSpec spec;
    private final boolean repeatable;
    private final Work work;

    private BrowserTool(String name, boolean repeatable, String description, String schema, Work work) {
        this.spec = new ToolSpec("browser_" + name, "Browser", "request", description, new Json(schema));
        this.repeatable = repeatable;
        this.work = work;
    }

    /** What a tool does with the run's browser. */
    @FunctionalInterface
    interface Work {
        ToolAnswer on(RunBrowser browser, ObjectNode input, ToolContext context)
                throws BrowserFailure, EgressDenied, ComputerFailure, InterruptedException;
    }

    /** All five, over one tab a run. */
    public static List<Tool> all() {
        return List.of(
                new BrowserTool("navigate", true, """
                        Opens a page in the run's one browser tab and waits until it has loaded. Returns url, title, \
                        status and text_preview (the first 500 characters). Call this before the other browser \
                        tools.""", """
                        {"type":"object","required":["url"],"properties":{\
                        "url":{"type":"string","description":"Absolute, http or https"}}}""", BrowserTool::navigate),
                new BrowserTool("extract_text", true, """
                        Returns the visible text of the page, or of the first element that a CSS selector matches; \
                        of more than 5,000 characters the first 5,000 (truncated is true).""", """
                        {"type":"object","properties":{\
                        "selector":{"type":"string","description":"CSS; without it all"}}}""", BrowserTool::extract),
                new BrowserTool("click", false, """
                        Clicks the first element that a CSS selector matches and waits for the page that this may \
                        lead to. Returns the url and title after it.""", """
                        {"type":"object","required":["selector"],"properties":{\
                        "selector":{"type":"string","description":"CSS"}}}""", BrowserTool::click),
                new BrowserTool("fill", false, """
                        Puts a value into the first input, textarea or select that a CSS selector matches, in place \
                        of what was there.""", """
                        {"type":"object","required":["selector","value"],"properties":{\
                        "selector":{"type":"string","description":"CSS"},\
                        "value":{"type":"string"}}}""", BrowserTool::fill),
                new BrowserTool("screenshot", true, """
                        Takes a picture of what the tab shows (1280 x 720, not the whole page). A model that can see \
                        is shown it beside the result.""", """
                        {"type":"object","properties":{}}""", BrowserTool::screenshot));
    }

    /** The browser on this host that agents are given too; none if there is none. */
    public static Optional<Path> installed() {
        return Stream.of("/usr/local/bin", "/usr/bin", "/bin")
                .flatMap(folder -> Chromium.NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public boolean repeatable(Json input) {
        return repeatable;
    }

    @Override
    public ToolAnswer show(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        try {
            RunBrowser browser = context.belongings().of(RunBrowser.class, RunBrowser.class, RunBrowser::new);
            return work.on(browser, ToolJson.read(input), context);
        } catch (EgressDenied denied) {
            throw denied.isUnresolved() ? ToolRefusal.failed(denied.reason()) : ToolRefusal.rejected(denied.reason());
        } catch (BrowserFailure e) {
            throw ToolRefusal.failed(e.reason());
        } catch (ComputerFailure e) {
            throw ToolRefusal.failed(String.valueOf(e.getMessage()));
        }
    }

    private static ToolAnswer navigate(RunBrowser browser, ObjectNode input, ToolContext context)
            throws BrowserFailure, EgressDenied, ComputerFailure, InterruptedException {
        String url = input.path("url").asText();
        Navigation.admit(url, context.egress());
        Tab tab = browser.ready(context.computer());
        int status = Navigation.go(tab, url, context.egress());
        browser.hasNavigated();
        return plain(ToolJson.object()
                .put("url", PageScript.url(tab))
                .put("title", PageScript.title(tab))
                .put("status", status)
                .put("text_preview", PageScript.start(PageText.ofBody(tab, PREVIEW), PREVIEW)));
    }

    private static ToolAnswer extract(RunBrowser browser, ObjectNode input, ToolContext context)
            throws BrowserFailure, InterruptedException {
        Tab tab = browser.current();
        String selector = input.path("selector").asText("");
        String text =
                selector.isBlank() ? PageText.ofBody(tab, PageText.LIMIT) : PageText.of(tab, selector, PageText.LIMIT);
        return plain(ToolJson.object()
                .put("text", PageScript.start(text, PageText.LIMIT))
                .put("truncated", text.length() > PageText.LIMIT));
    }

    private static ToolAnswer click(RunBrowser browser, ObjectNode input, ToolContext context)
            throws BrowserFailure, EgressDenied, InterruptedException {
        Tab tab = browser.current();
        Navigation.byClick(tab, input.path("selector").asText(), context.egress());
        return plain(ToolJson.object().put("url", PageScript.url(tab)).put("title", PageScript.title(tab)));
    }

    private static ToolAnswer fill(RunBrowser browser, ObjectNode input, ToolContext context)
            throws BrowserFailure, InterruptedException {
        String selector = input.path("selector").asText();
        Filling.fill(browser.current(), selector, input.path("value").asText());
        return plain(ToolJson.object().put("selector", selector).put("filled", true));
    }

    /** The picture itself goes beside the output: as text it would only cost the model tokens. */
    private static ToolAnswer screenshot(RunBrowser browser, ObjectNode input, ToolContext context)
            throws BrowserFailure, InterruptedException {
        Tab tab = browser.current();
        Picture picture = Screenshot.of(tab);
        ObjectNode output = ToolJson.object()
                .put("image_base64", "(an image of " + picture.bytes() + " bytes, shown to models that can see)")
                .put("mime_type", picture.mediaType())
                .put("url", PageScript.url(tab));
        return new ToolAnswer(ToolJson.write(output), List.of(picture));
    }

    private static ToolAnswer plain(ObjectNode output) {
        return new ToolAnswer(ToolJson.write(output), List.of());
    }
}
