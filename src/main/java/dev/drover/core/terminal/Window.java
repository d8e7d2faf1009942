package dev.drover.core.terminal;

/** How large a terminal is, in characters; whatever a client says is brought into bounds. */
public record Window(int lines, int columns) {
    private static final int MOST = 4096;

    public Window {
        lines = Math.clamp(lines, 1, MOST);
        columns = Math.clamp(columns, 1, MOST);
    }
}
