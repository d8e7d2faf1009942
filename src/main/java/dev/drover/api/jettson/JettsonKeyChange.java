package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.access.ChangeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a wish to change a key, as far as it arrived; a {@code rate} of null goes back to the plan's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonKeyChange(
        @Nullable String name,
        @Nullable List<String> scopes,
        @Nullable JettsonRate rate) {
    static ChangeKey order(Fields fields) {
        JettsonKeyChange wish =
                new JettsonKeyChange(fields.text("name"), fields.texts("scopes"), JettsonRate.read(fields));
        return new ChangeKey(
                wish.name(),
                wish.scopes() == null ? null : JettsonKeyWish.rights(wish.scopes()),
                fields.isGiven("rate") ? JettsonRate.order(wish.rate()) : null);
    }
}
