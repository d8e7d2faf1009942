package dev.drover.api.http;

/** One line of the route table: where it is, whose words it speaks, who may pass, and what it does. */
public record Route(Method method, String path, Dialect dialect, Gate gate, Operation operation) {
    /** In bytes. */
    long bodyLimit() {
        long said = operation.bodyLimit();
        return said == Operation.USUAL_LIMIT ? dialect.bodyLimit() : said;
    }
}
