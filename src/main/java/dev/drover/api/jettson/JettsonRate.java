package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Fields;
import dev.drover.core.access.SpawnRate;
import org.jspecify.annotations.Nullable;

/** How often a key may spawn, as far as it has a rate of its own (contract, section 13.3). */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JettsonRate(
        @Nullable Integer spawnsPerMinute, @Nullable Integer spawnsPerHour) {
    /** Null when the field was left out. */
    static @Nullable JettsonRate read(Fields fields) {
        Fields rate = fields.object("rate");
        return rate == null
                ? null
                : new JettsonRate(rate.integer("spawns_per_minute"), rate.integer("spawns_per_hour"));
    }

    static SpawnRate order(@Nullable JettsonRate rate) {
        return rate == null ? SpawnRate.OF_THE_PLAN : new SpawnRate(rate.spawnsPerMinute, rate.spawnsPerHour);
    }

    /** Null when only the plan limits it. */
    static @Nullable JettsonRate of(SpawnRate rate) {
        return rate.equals(SpawnRate.OF_THE_PLAN) ? null : new JettsonRate(rate.perMinute(), rate.perHour());
    }
}
