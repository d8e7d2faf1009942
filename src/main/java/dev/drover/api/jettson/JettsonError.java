package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The envelope of every refusal (contract, section 11). */
record JettsonError(Body error) {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String code, String message, @Nullable Map<String, ? extends @Nullable Object> details) {}

    static Answer answer(int status, String code, String message) {
        return Answer.json(status, new JettsonError(new Body(code, message, null)));
    }

    static Answer answer(int status, String code, String message, Map<String, ? extends @Nullable Object> details) {
        return Answer.json(status, new JettsonError(new Body(code, message, details)));
    }
}
