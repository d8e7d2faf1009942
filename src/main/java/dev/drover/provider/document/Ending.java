package dev.drover.provider.document;

import java.util.Arrays;
import java.util.Optional;

/** How a reading process ends, by its exit code; what is said of it follows the name of the file. */
enum Ending {
    DONE(0, ""),
    /** What the JVM itself ends with when its heap is full. */
    TOO_LARGE(3, "takes too much memory to be read: split it, or save it anew with another program"),
    TOO_LONG(64, "has more text than a file may have: split it"),
    TOO_SLOW(65, "takes too long to be read: split it, or save it anew with another program"),
    PROTECTED(66, "is protected by a password: save it without one"),
    DAMAGED(67, "is damaged and cannot be read");

    private final int code;
    private final String reason;

    Ending(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    static Optional<Ending> of(int code) {
        return Arrays.stream(values()).filter(ending -> ending.code == code).findFirst();
    }
}
