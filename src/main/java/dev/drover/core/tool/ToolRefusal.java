package dev.drover.core.tool;

/** A tool call that gave no result: a guard rejected it before it began, or it failed under way. */
public final class ToolRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean rejected;

    private ToolRefusal(boolean rejected, String reason) {
        super(reason);
        this.rejected = rejected;
    }

    /** A guard said no: nothing happened. */
    public static ToolRefusal rejected(String reason) {
        return new ToolRefusal(true, reason);
    }

    /** It was tried and did not work. */
    public static ToolRefusal failed(String reason) {
        return new ToolRefusal(false, reason);
    }

    public boolean wasRejected() {
        return rejected;
    }

    public String reason() {
        String reason = getMessage();
        return reason == null ? "no reason given" : reason;
    }
}
