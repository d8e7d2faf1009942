package dev.drover.core.id;

import java.util.UUID;

/** The identity of a schedule. */
public record ScheduleId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
