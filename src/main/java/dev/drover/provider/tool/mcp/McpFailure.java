package dev.drover.provider.tool.mcp;

/** A server did not do what was asked; the message is fit for the model. */
final class McpFailure extends Exception {
    private static final long serialVersionUID = 1L;

    McpFailure(String message) {
        super(message);
    }
}
