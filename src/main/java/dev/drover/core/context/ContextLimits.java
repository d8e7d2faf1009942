package dev.drover.core.context;

/** How large a file may be, and how many there may be. */
public record ContextLimits(int fileMegabytes, int perAgent, int perTeam) {
    public static final ContextLimits USUAL = new ContextLimits(20, 20, 50);

    /** Of a file; no file gives more characters of text than that either. */
    public long fileBytes() {
        return (long) fileMegabytes << 20;
    }
}
