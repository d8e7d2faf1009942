package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import java.time.Duration;

/** The one tab of a run, in a browser of its own. */
final class Tab implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** Unlike about:blank, where every tab is before its first page too. */
    private static final String BLANK = "data:,";

    /** Links and scripts that want another tab get this one; it runs in each page before the page's own scripts. */
    private static final String ONE_TAB = """
            window.open = url => { if (url) location.href = url; return null; };
            document.addEventListener('click', event => {
              const link = event.composedPath().find(node => node.target && node.href);
              if (link) link.target = '_self';
            }, true);
            document.addEventListener('submit', event => { event.target.target = '_self'; }, true);
            """;

    private final DevTools tools;
    private final Visit visit = new Visit();
    private volatile String session = "";
    private String frame = "";

    private Tab(Computer computer) throws ComputerFailure, BrowserFailure, InterruptedException {
        this.tools = new DevTools(Chromium.start(computer), this::hear);
    }

    /** Starts the browser; nothing of it is left when that fails. */
    static Tab open(Computer computer) throws ComputerFailure, BrowserFailure, InterruptedException {
        Tab tab = new Tab(computer);
        boolean settled = false;
        try {
            tab.settle();
            settled = true;
            return tab;
        } finally {
            if (!settled) {
                tab.close();
            }
        }
    }

    boolean isOpen() {
        return tools.isOpen() && !visit.broken();
    }

    Visit visit() {
        return visit;
    }

    String frame() {
        return frame;
    }

    /** Asks the page; one that does not answer is given up with its browser. */
    JsonNode ask(String method, ObjectNode parameters) throws BrowserFailure, InterruptedException {
        return ask(method, parameters, PATIENCE);
    }

    JsonNode ask(String method, ObjectNode parameters, Duration patience) throws BrowserFailure, InterruptedException {
        return tools.ask(session, method, parameters, patience).orElseThrow(() -> {
            close();
            return new BrowserFailure("the page did not answer within " + patience.toSeconds()
                    + " seconds, so the browser was closed; navigate again to get a new one");
        });
    }

    void tell(String method, ObjectNode parameters) {
        tools.tell(session, method, parameters);
    }

    @Override
    public void close() {
        visit.breakOff();
        tools.close();
    }

    private void settle() throws BrowserFailure, InterruptedException {
        ObjectNode blank = DevTools.parameters().put("url", BLANK);
        String target = started("Target.createTarget", blank).path("targetId").asText();
        ObjectNode attach = DevTools.parameters().put("targetId", target).put("flatten", true);
        session = started("Target.attachToTarget", attach).path("sessionId").asText();
        started("Browser.setDownloadBehavior", DevTools.parameters().put("behavior", "deny"));
        frame = firstPage().path("id").asText();
        visit.watch(frame);
        ask("Page.enable", DevTools.parameters());
        ask("Network.enable", DevTools.parameters());
        ask("Inspector.enable", DevTools.parameters());
        ask("Page.addScriptToEvaluateOnNewDocument", DevTools.parameters().put("source", ONE_TAB));
        ask(
                "Emulation.setDeviceMetricsOverride",
                DevTools.parameters()
                        .put("width", Screenshot.WIDTH)
                        .put("height", Screenshot.HEIGHT)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    /** A new tab opens its first page by itself, and a navigation that comes before it would be cut off by it. */
    private JsonNode firstPage() throws BrowserFailure, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            JsonNode main = ask("Page.getFrameTree", DevTools.parameters())
                    .path("frameTree")
                    .path("frame");
            if (main.path("url").asText().equals(BLANK)) {
                return main;
            }
            if (System.nanoTime() > deadline) {
                throw notStarted();
            }
            Thread.sleep(PAUSE);
        }
    }

    private static BrowserFailure notStarted() {
        return new BrowserFailure("the browser did not start within " + START.toSeconds() + " seconds");
    }

    private JsonNode started(String method, ObjectNode parameters) throws BrowserFailure, InterruptedException {
        return tools.ask("", method, parameters, START).orElseThrow(Tab::notStarted);
    }

    private void hear(JsonNode message) {
        String method = message.path("method").asText();
        JsonNode event = message.path("params");
        if (method.equals("Page.javascriptDialogOpening")) {
            // A page that asks whether to leave it would keep us there; all others get a no.
            boolean leaving = event.path("type").asText().equals("beforeunload");
            tell("Page.handleJavaScriptDialog", DevTools.parameters().put("accept", leaving));
        }
        visit.hear(method, event);
    }
}
