package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.run.RunMemory;
import org.jspecify.annotations.Nullable;

/** What a spawn says of memory: switches, and a namespace that confines it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonRunMemory(
        @Nullable Boolean recall,
        @Nullable Boolean extract,
        @Nullable String namespace) {
    static @Nullable JettsonRunMemory read(@Nullable Fields fields) {
        return fields == null
                ? null
                : new JettsonRunMemory(fields.flag("recall"), fields.flag("extract"), fields.text("namespace"));
    }

    RunMemory memory() {
        return new RunMemory(recall == null || recall, extract == null || extract, namespace);
    }
}
