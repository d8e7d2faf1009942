package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The envelope of every refusal (contract, section 1): every text is a string, which clients count on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MakeError(
        String detail,
        String message,
        String code,
        @Nullable List<Part> suberrors) {
    record Part(String message, String name) {}

    static Answer answer(int status, String message, String detail) {
        return Answer.json(status, new MakeError(detail, message, "SC" + status, null));
    }

    /** One bad or missing parameter. */
    static Answer invalid(String path, String reason) {
        return Answer.json(
                400,
                new MakeError(
                        "Validation failed for 1 parameter.",
                        "Bad Request",
                        "SC400",
                        List.of(new Part(path + " " + reason, "Error"))));
    }
}
