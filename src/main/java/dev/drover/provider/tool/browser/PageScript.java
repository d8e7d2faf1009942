package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * Asks a page by scripts that run in a world of their own: they see the same document, but nothing that the page's
 * scripts have changed in the language.
 */
final class PageScript {
    private static final Duration SELECTOR_WAIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private PageScript() {}

    /** What a function returns; it is a JSON value. */
    static JsonNode call(Tab tab, String function, String... arguments) throws BrowserFailure, InterruptedException {
        ObjectNode order = DevTools.parameters()
                .put("functionDeclaration", function)
                .put("returnByValue", true)
                .put("silent", true);
        ArrayNode given = order.putArray("arguments");
        for (String argument : arguments) {
            given.addObject().put("value", argument);
        }
        ObjectNode world = DevTools.parameters().put("frameId", tab.frame()).put("worldName", "drover");
        order.put(
                "executionContextId",
                tab.ask("Page.createIsolatedWorld", world)
                        .path("executionContextId")
                        .asInt());
        JsonNode answer = tab.ask("Runtime.callFunctionOn", order);
        if (answer.has("exceptionDetails")) {
            JsonNode details = answer.path("exceptionDetails");
            String said = details.path("exception")
                    .path("description")
                    .asText(details.path("text").asText());
            throw new BrowserFailure(said.lines().findFirst().orElse("the page's script failed"));
        }
        return answer.path("result").path("value");
    }

    /** The same of a function of an element, which is waited for; the function's first argument is the element. */
    static JsonNode onElement(Tab tab, String selector, String function, String... arguments)
            throws BrowserFailure, InterruptedException {
        String wrapped = """
                function(selector, ...rest) {
                  const element = document.querySelector(selector);
                  return element ? { value: (%s)(element, ...rest) } : null;
                }""".formatted(function);
        String[] all = new String[arguments.length + 1];
        all[0] = selector;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        long deadline = System.nanoTime() + SELECTOR_WAIT.toNanos();
        while (true) {
            JsonNode found = call(tab, wrapped, all);
            if (!found.isNull() && !found.isMissingNode()) {
                return found.path("value");
            }
            if (System.nanoTime() >= deadline) {
                throw new BrowserFailure("no element matches '" + selector + "' within " + SELECTOR_WAIT.toSeconds()
                        + " seconds; look at the page's text or a screenshot for what there is");
            }
            Thread.sleep(PAUSE);
        }
    }

    static String url(Tab tab) throws BrowserFailure, InterruptedException {
        return call(tab, "function() { return location.href }").asText();
    }

    static String title(Tab tab) throws BrowserFailure, InterruptedException {
        return call(tab, "function() { return document.title }").asText();
    }

    /** The beginning of a text, in whole characters. */
    static String start(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
