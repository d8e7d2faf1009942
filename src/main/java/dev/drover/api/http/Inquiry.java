package dev.drover.api.http;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request, whatever server it came through.
 *
 * @param path as it came
 * @param headers all of them
 * @param queries all parameters of the query
 * @param rawQuery the query as it came, without its question mark; empty for none
 * @param nearby whether it came from this machine, and not through a proxy
 * @param preflight the method that a browser asks leave for
 * @param misfit why it cannot be understood at all; null when it can
 * @param peer who sent it, to be asked for when the body was read
 */
record Inquiry(
        String path,
        Supplier<Map<String, List<String>>> headers,
        Function<String, @Nullable String> query,
        Supplier<Map<String, List<String>>> queries,
        Supplier<String> rawQuery,
        Function<String, @Nullable String> header,
        Source body,
        String address,
        boolean nearby,
        @Nullable String preflight,
        @Nullable String misfit,
        Supplier<Peer> peer) {
    @Nullable String header(String name) {
        return header.apply(name);
    }

    /** A body, which can be read once. */
    interface Source {
        /** Reads it whole, within a limit. */
        void copy(long limit, OutputStream to);
    }
}
