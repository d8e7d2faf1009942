package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.memory.Memory;
import dev.drover.core.memory.MemoryKey;
import dev.drover.core.memory.PutMemory;
import dev.drover.core.memory.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a wish to remember something, as far as it arrived. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonMemoryWish(
        String key,
        String value,
        @Nullable String namespace,
        @Nullable List<String> tags,
        @Nullable Integer importance,
        @Nullable Double expiresInDays) {
    static PutMemory order(Fields fields, Instant now) {
        Double days = fields.number("expires_in_days");
        return order(fields, days == null ? null : PutMemory.inDays(now, days), Source.MANUAL);
    }

    /** An item as an export wrote it, or as a put takes it. */
    static PutMemory item(Fields fields, Instant now) {
        String word = fields.text("source");
        Source source = word == null
                ? Source.MANUAL
                : Source.of(word).orElseThrow(() -> refused("source", "is no source: " + word));
        Double expiresAt = fields.number("expires_at");
        if (expiresAt == null) {
            Double days = fields.number("expires_in_days");
            return order(fields, days == null ? null : PutMemory.inDays(now, days), source);
        }
        Instant expiry = Instant.ofEpochMilli(Math.round(expiresAt));
        if (!expiry.isAfter(now)) {
            throw refused("expires_at", "is over already");
        }
        return order(fields, expiry, source);
    }

    private static PutMemory order(Fields fields, @Nullable Instant expiresAt, Source source) {
        String key = fields.text("key");
        String value = fields.text("value");
        String namespace = fields.text("namespace");
        if (key == null) {
            throw refused("key", "is missing; it is the memory's name");
        }
        if (value == null) {
            throw refused("value", "is missing; it is what to remember");
        }
        return new PutMemory(
                new MemoryKey(namespace == null ? Memory.DEFAULT_NAMESPACE : namespace, key),
                value,
                fields.texts("tags"),
                fields.integer("importance"),
                expiresAt,
                source);
    }

    static Refused refused(String field, String reason) {
        return new Refused(new Problem.Invalid(field, reason));
    }

    /** The body of a search. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Query(
            String query,
            @Nullable String namespace,
            @Nullable List<String> tags,
            @Nullable Integer limit,
            @Nullable String mode) {}
}
