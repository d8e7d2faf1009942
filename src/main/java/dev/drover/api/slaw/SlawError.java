package dev.drover.api.slaw;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The envelope of every refusal (contract, section 1.1). */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SlawError(String error, String code, @Nullable List<Detail> details) {
    record Detail(String path, String message) {}

    static Answer answer(int status, String code, String error) {
        return Answer.json(status, new SlawError(error, code, null));
    }

    static Answer invalid(String path, String message) {
        return Answer.json(
                400, new SlawError(path + ": " + message, "validation_error", List.of(new Detail(path, message))));
    }
}
