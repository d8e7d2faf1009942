package dev.drover.provider.model.langchain4j;

import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a request gets to a vendor. */
interface Transport {
    /**
     * Sends once, follows no redirects and waits for the head of the answer on the thread that asks; when that is
     * interrupted, the connection is closed.
     *
     * @param idle how long the vendor may stay silent, before its answer and within it
     */
    Arrival send(HttpRequest request, Duration idle) throws IOException;

    /** An answer whose body is yet to come. */
    record Arrival(int status, HttpHeaders headers, Body body) {}

    /** The bytes of an answer as they come. */
    abstract class Body extends InputStream {
        /** Why the bytes stopped before their end, for readers who are not told; null when they did not. */
        abstract @Nullable IOException trouble();

        /** Ends the answer; the connection is closed unless all of it had come. */
        @Override
        public abstract void close();
    }
}
