package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.EgressListener;
import java.time.Duration;

/** Ways from one page to another, and why one did not lead there. */
final class Navigation {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration RESPITE = Duration.ofSeconds(2);

    /** In which a click's navigation begins, if it causes one. */
    private static final Duration CAUSED = Duration.ofMillis(400);

    private static final String ELEMENT_POINT = """
            element => {
              element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
              const box = element.getBoundingClientRect();
              const x = box.left + box.width / 2, y = box.top + box.height / 2;
              const hit = document.elementFromPoint(x, y);
              const free = hit && (element.contains(hit) || hit.contains(element) || hit.closest('label'));
              return box.width && box.height && free ? { x, y } : null;
            }""";

    private Navigation() {}

    /** Judges an address before the browser sees it. Reports only a refusal: what is let go, the way out reports. */
    static void admit(String url, EgressGuard egress) throws EgressDenied {
        try {
            egress.reportingTo(EgressListener.NONE).check(url);
        } catch (EgressDenied denied) {
            egress.check(url);
        }
    }

    /** Opens an address and waits until its page has loaded; the HTTP status of the page. */
    static int go(Tab tab, String url, EgressGuard egress) throws BrowserFailure, EgressDenied, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int commits = tab.visit().commits();
        JsonNode answer;
        try {
            answer = tab.ask("Page.navigate", DevTools.parameters().put("url", url), LIMIT);
        } catch (BrowserFailure e) {
            throw tab.isOpen() ? e : new BrowserFailure(notLoaded(url) + "; " + e.reason());
        }
        String error = answer.path("errorText").asText("");
        if (error.isEmpty() && answer.has("loaderId")) {
            arrive(tab, tab.visit().awaitLoad(commits, left(deadline)), url);
        } else {
            tab.visit().awaitRest(RESPITE);
        }
        Visit.Page page = tab.visit().page();
        explain(tab, page, page.status() > 0 && error.startsWith("net::ERR_HTTP_RESPONSE_CODE") ? "" : error, egress);
        return page.status();
    }

    /** Clicks, and waits for the page that this leads to. */
    static void byClick(Tab tab, String selector, EgressGuard egress)
            throws BrowserFailure, EgressDenied, InterruptedException {
        int starts = tab.visit().starts();
        JsonNode point = PageScript.onElement(tab, selector, ELEMENT_POINT);
        if (point.isNull()) {
            // Nothing that a pointer could hit: hidden, or behind something.
            PageScript.onElement(tab, selector, "element => { element.click() }");
        } else {
            for (String type : new String[] {"mouseMoved", "mousePressed", "mouseReleased"}) {
                press(tab, type, point);
            }
        }
        if (tab.visit().awaitStart(starts, CAUSED)) {
            arrive(tab, tab.visit().awaitRest(LIMIT), "the page behind '" + selector + "'");
            Visit.Page page = tab.visit().page();
            explain(tab, page, PageScript.url(tab).startsWith("chrome-error:") ? "it cannot be reached" : "", egress);
        }
    }

    private static void press(Tab tab, String type, JsonNode point) throws BrowserFailure, InterruptedException {
        ObjectNode event = DevTools.parameters()
                .put("type", type)
                .put("x", point.path("x").asDouble())
                .put("y", point.path("y").asDouble());
        if (!type.equals("mouseMoved")) {
            event.put("button", "left").put("clickCount", 1);
        }
        tab.ask("Input.dispatchMouseEvent", event);
    }

    private static void arrive(Tab tab, boolean loaded, String where) throws BrowserFailure {
        if (!tab.isOpen()) {
            throw new BrowserFailure("the browser has ended while " + where + " loaded (crashed, killed, or out of"
                    + " memory); navigate again to get a new one");
        }
        if (!loaded) {
            tab.tell("Page.stopLoading", DevTools.parameters());
            throw new BrowserFailure(notLoaded(where));
        }
    }

    /** Tells a refusal of the guard, also on the way there, from other failures. */
    private static void explain(Tab tab, Visit.Page page, String error, EgressGuard egress)
            throws BrowserFailure, EgressDenied, InterruptedException {
        if (!page.requested().isEmpty() && (page.refused() || !error.isEmpty())) {
            // The way out has reported it already; this only finds the words again.
            egress.reportingTo(EgressListener.NONE).check(page.requested());
        }
        if (page.refused()) {
            throw new EgressDenied(PageText.ofBody(tab, 1_000).strip());
        }
        if (!error.isEmpty()) {
            throw new BrowserFailure(page.requested() + " did not load: "
                    + (error.equals("net::ERR_ABORTED") ? "it gives no page (a download, or nothing)" : error));
        }
    }

    private static String notLoaded(String where) {
        return where + " did not load within " + LIMIT.toSeconds() + " seconds";
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
