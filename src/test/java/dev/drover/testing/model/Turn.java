package dev.drover.testing.model;

import dev.drover.core.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the scripted model: its parts in order, and what goes wrong with it.
 *
 * @param stop the vendor's word for why it stopped; null for the usual one
 * @param before how long it thinks before the first byte, the status line included
 * @param between the pause between two pieces of the stream
 */
public record Turn(
        List<Part> parts, Usage usage, @Nullable String stop, Fault fault, Duration before, Duration between) {
    /** What an answer is made of; each text is one piece of the stream. */
    public sealed interface Part {
        record Text(String text) implements Part {}

        record Thinking(String text) implements Part {}

        /** The arguments may be no JSON, where the vendor's format can carry that (Anthropic, OpenAI). */
        record Call(String tool, String arguments) implements Part {}
    }

    /** What goes wrong. */
    public sealed interface Fault {
        record None() implements Fault {}

        record Status(int status, @Nullable Duration retryAfter, String message) implements Fault {}

        /** The stream stops after so many pieces: the connection breaks, or ends as if all were well. */
        record Cut(int pieces, boolean politely) implements Fault {}

        /** An error told in the middle of the stream, as its format tells it. */
        record Trouble(int pieces, String message) implements Fault {}

        /** No byte ever comes. */
        record Silence() implements Fault {}
    }

    public Turn {
        parts = List.copyOf(parts);
    }

    public static Turn text(String... pieces) {
        return plain(Stream.of(pieces).map(Part.Text::new).toList());
    }

    public static Turn thinking(String... pieces) {
        return plain(Stream.of(pieces).map(Part.Thinking::new).toList());
    }

    public static Turn call(String tool, String arguments) {
        return plain(List.of(new Part.Call(tool, arguments)));
    }

    public static Turn status(int status) {
        return status(status, "scripted " + status);
    }

    public static Turn status(int status, Duration retryAfter) {
        return plain(List.of()).with(new Fault.Status(status, retryAfter, "scripted " + status));
    }

    public static Turn status(int status, String message) {
        return plain(List.of()).with(new Fault.Status(status, null, message));
    }

    public static Turn silence() {
        return plain(List.of()).with(new Fault.Silence());
    }

    public Turn andText(String... pieces) {
        return and(text(pieces));
    }

    public Turn andCall(String tool, String arguments) {
        return and(call(tool, arguments));
    }

    public Turn usage(long input, long output, long cacheRead, long cacheWrite) {
        return new Turn(parts, new Usage(input, output, cacheRead, cacheWrite), stop, fault, before, between);
    }

    public Turn stop(String word) {
        return new Turn(parts, usage, word, fault, before, between);
    }

    /** Waits before the first byte, and between any two pieces. */
    public Turn slowly(Duration beforeFirst, Duration betweenPieces) {
        return new Turn(parts, usage, stop, fault, beforeFirst, betweenPieces);
    }

    /** Breaks the connection after so many pieces of the stream. */
    public Turn cutAfter(int pieces) {
        return with(new Fault.Cut(pieces, false));
    }

    /** Ends the answer after so many pieces of the stream as if that were all. */
    public Turn endAfter(int pieces) {
        return with(new Fault.Cut(pieces, true));
    }

    public Turn troubleAfter(int pieces, String message) {
        return with(new Fault.Trouble(pieces, message));
    }

    boolean callsTools() {
        return parts.stream().anyMatch(Part.Call.class::isInstance);
    }

    private Turn with(Fault other) {
        return new Turn(parts, usage, stop, other, before, between);
    }

    private Turn and(Turn more) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more.parts);
        return new Turn(all, usage, stop, fault, before, between);
    }

    private static Turn plain(List<? extends Part> parts) {
        return new Turn(
                List.copyOf(parts), new Usage(10, 5, 0, 0), null, new Fault.None(), Duration.ZERO, Duration.ZERO);
    }
}
