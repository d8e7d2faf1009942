package dev.drover.api.http;

import dev.drover.core.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a route does, and what its documentation says: what it takes, what it answers, how it may refuse.
 *
 * @param takes the record that the body is written as; null when none is read
 * @param bodyLimit in bytes
 * @param telling headers for every answer to a caller who was let in, refusals too
 */
public record Operation(
        String summary,
        @Nullable Class<?> takes,
        String takesType,
        long bodyLimit,
        List<Parameter> parameters,
        List<Outcome> outcomes,
        Function<Caller, Map<String, String>> telling,
        Handler handler) {
    public static final long USUAL_LIMIT = 1 << 20;
    private static final String JSON = "application/json";

    public Operation {
        parameters = List.copyOf(parameters);
        outcomes = List.copyOf(outcomes);
    }

    public static Operation of(String summary, Handler handler) {
        return new Operation(summary, null, JSON, USUAL_LIMIT, List.of(), List.of(), caller -> Map.of(), handler);
    }

    public Operation takes(Class<?> shape) {
        return takes(shape, JSON, USUAL_LIMIT);
    }

    public Operation takes(Class<?> shape, String type, long limit) {
        return new Operation(summary, shape, type, limit, parameters, outcomes, telling, handler);
    }

    public Operation query(String name, Class<?> type, String meaning) {
        return parameter(new Parameter("query", name, type, meaning));
    }

    public Operation header(String name, Class<?> type, String meaning) {
        return parameter(new Parameter("header", name, type, meaning));
    }

    public Operation telling(Function<Caller, Map<String, String>> headers) {
        return new Operation(summary, takes, takesType, bodyLimit, parameters, outcomes, headers, handler);
    }

    Operation handledBy(Handler other) {
        return new Operation(summary, takes, takesType, bodyLimit, parameters, outcomes, telling, other);
    }

    public Operation answers(int status, Class<?> shape) {
        return outcomes(Stream.of(new Outcome(status, JSON, shape)));
    }

    /** An answer that is no JSON, or (with no type) none at all. */
    public Operation answersType(int status, String type) {
        return outcomes(Stream.of(new Outcome(status, type, null)));
    }

    /** Refusals by status, in the dialect's envelope; what the gate and the server itself answer need no mention. */
    public Operation refuses(int... statuses) {
        return outcomes(IntStream.of(statuses).mapToObj(status -> new Outcome(status, Outcome.REFUSAL, null)));
    }

    private Operation parameter(Parameter added) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(added);
        return new Operation(summary, takes, takesType, bodyLimit, all, outcomes, telling, handler);
    }

    private Operation outcomes(Stream<Outcome> added) {
        return new Operation(
                summary,
                takes,
                takesType,
                bodyLimit,
                parameters,
                Stream.concat(outcomes.stream(), added).toList(),
                telling,
                handler);
    }

    /** A parameter of the query or a header; those of the path are read off the path. */
    public record Parameter(String in, String name, Class<?> type, String meaning) {}

    /**
     * One way to answer.
     *
     * @param type the media type; {@link #REFUSAL} for the dialect's envelope, empty for no content
     * @param shape the record it is written as; null when it is no JSON of ours
     */
    public record Outcome(int status, String type, @Nullable Class<?> shape) {
        public static final String REFUSAL = "refusal";
    }
}
