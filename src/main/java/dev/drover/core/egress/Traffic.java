package dev.drover.core.egress;

/** Bytes that went through a door, as whoever is inside counts them. */
public record Traffic(long receivedBytes, long sentBytes) {
    public static final Traffic NONE = new Traffic(0, 0);
}
