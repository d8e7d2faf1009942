package dev.drover.api.http;

/** One line of the route table: where it is, whose words it speaks, who may pass, what it does, and on which server. */
public record Route(Method method, String path, Dialect dialect, Gate gate, Operation operation, boolean atComputer) {
    public Route(Method method, String path, Dialect dialect, Gate gate, Operation operation) {
        this(method, path, dialect, gate, operation, false);
    }

    /** The same, about an agent that its parameter {@code name} or {@code id} names, and its computer. */
    public Route reachingComputer() {
        return new Route(method, path, dialect, gate, operation, true);
    }

    /** The same, answered by another. */
    Route answeredBy(Handler handler) {
        return new Route(method, path, dialect, gate, operation.handledBy(handler), atComputer);
    }

    /** The parameter of the path that says which agent it is about. */
    String agent() {
        return path.contains("{name}") ? "name" : "id";
    }

    /** In bytes. */
    long bodyLimit() {
        long said = operation.bodyLimit();
        return said == Operation.USUAL_LIMIT ? dialect.bodyLimit() : said;
    }
}
