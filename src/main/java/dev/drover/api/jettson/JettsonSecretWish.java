package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.credential.PutSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body that keeps a secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonSecretWish(
        String value,
        @Nullable String description,
        @Nullable List<String> hosts) {
    static PutSecret order(String name, Fields fields) {
        String value = fields.text("value");
        if (value == null) {
            throw new Refused(new Problem.Invalid("value", "is missing; it is what the secret holds"));
        }
        JettsonSecretWish wish = new JettsonSecretWish(value, fields.text("description"), fields.texts("hosts"));
        return new PutSecret(name, wish.value(), wish.description(), wish.hosts());
    }
}
