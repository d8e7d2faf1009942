package dev.drover.core.id;

/** The number of a connection, unique on the whole server. */
public record ConnectionId(int value) {
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
