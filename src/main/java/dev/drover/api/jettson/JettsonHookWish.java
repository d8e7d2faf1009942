package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.webhook.HookWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body that makes or changes a webhook, as far as it arrived. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonHookWish(
        @Nullable String url,
        @Nullable List<String> events,
        @Nullable String description,
        @Nullable Boolean enabled) {
    static HookWish order(Fields fields) {
        JettsonHookWish wish = new JettsonHookWish(
                fields.text("url"), fields.texts("events"), fields.text("description"), fields.flag("enabled"));
        return new HookWish(wish.url(), wish.events(), wish.description(), wish.enabled());
    }
}
