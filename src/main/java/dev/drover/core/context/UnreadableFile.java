package dev.drover.core.context;

/** No text can be had of a file; the reason follows its name, as in "is protected by a password". */
public final class UnreadableFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public UnreadableFile(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
