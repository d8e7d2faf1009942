package dev.drover.provider.tool.browser;

/** What a page says to its reader; one character more than asked for tells that there is more. */
final class PageText {
    static final int LIMIT = 5_000;

    private PageText() {}

    static String ofBody(Tab tab, int limit) throws BrowserFailure, InterruptedException {
        return PageScript.call(
                        tab,
                        "function(limit) { return (document.body ? document.body.innerText : '').slice(0, +limit) }",
                        String.valueOf(limit + 1))
                .asText();
    }

    static String of(Tab tab, String selector, int limit) throws BrowserFailure, InterruptedException {
        return PageScript.onElement(
                        tab,
                        selector,
                        "(element, limit) => (element.innerText ?? element.textContent ?? '').slice(0, +limit)",
                        String.valueOf(limit + 1))
                .asText();
    }
}
