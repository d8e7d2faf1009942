package dev.drover.provider.tool.browser;

/** The browser did not do what was asked; the message is fit for the model. */
final class BrowserFailure extends Exception {
    private static final long serialVersionUID = 1L;

    BrowserFailure(String message) {
        super(message);
    }

    String reason() {
        String message = getMessage();
        return message == null ? "no reason given" : message;
    }
}
