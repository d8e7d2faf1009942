package dev.drover.api.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An open WebSocket to write on; no call waits for the peer. */
public interface Socket {
    /**
     * Something to say, in line behind what was said before. Whoever does not read fast enough is cut off.
     *
     * @param text is asked when its turn has come, on the thread that writes; null for nothing after all
     */
    void say(Supplier<@Nullable String> text);

    default void say(String text) {
        say(() -> text);
    }

    /** Says farewell behind all that was said, with a code of RFC 6455 or one from 4000 on. */
    void close(int code, String reason);
}
