package dev.drover.core.terminal;

/** What comes out of a session. */
public sealed interface Said {
    /** Printed; on a terminal this is all there is. Nobody changes the bytes. */
    record Output(byte[] bytes) implements Said {}

    record Complaint(byte[] bytes) implements Said {}

    /** It ended: as a shell tells it (128 + signal). Nothing follows. */
    record Exit(int code) implements Said {}
}
