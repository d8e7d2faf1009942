package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.schedule.Schedule;
import dev.drover.core.schedule.ScheduleOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule (contract, section 6).
 *
 * @param createdBy the name of the user who made it (ours)
 */
record TrinitySchedule(
        UUID id,
        String agentName,
        String name,
        String cronExpression,
        String message,
        boolean enabled,
        String timezone,
        @Nullable String description,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastRunAt,
        @Nullable Instant nextRunAt,
        int timeoutSeconds,
        @Nullable List<String> allowedTools,
        @Nullable String model,
        String createdBy) {
    private static final int USUAL_TIMEOUT = 900;

    static TrinitySchedule of(String agent, Schedule schedule) {
        ScheduleOrder order = schedule.order();
        return new TrinitySchedule(
                schedule.id().value(),
                agent,
                order.name(),
                order.cron(),
                order.message(),
                order.enabled(),
                order.zone(),
                order.description(),
                schedule.createdAt(),
                schedule.updatedAt(),
                schedule.lastAt(),
                schedule.nextAt(),
                (int) order.timeout().toSeconds(),
                order.tools(),
                order.model(),
                schedule.creator());
    }

    /** What a body holds; a PUT may leave out anything. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wish(
            @Nullable String name,
            @Nullable String cronExpression,
            @Nullable String message,
            @Nullable Boolean enabled,
            @Nullable String timezone,
            @Nullable String description,
            @Nullable Integer timeoutSeconds,
            @Nullable List<String> allowedTools,
            @Nullable String model) {
        static ScheduleOrder made(TrinityBody body) {
            String name = body.text("name");
            String cron = body.text("cron_expression");
            String message = body.text("message");
            Wish rest = rest(body);
            return new ScheduleOrder(
                    name,
                    cron,
                    Objects.requireNonNullElse(rest.timezone, "UTC"),
                    message,
                    Objects.requireNonNullElse(rest.enabled, true),
                    rest.description,
                    Duration.ofSeconds(Objects.requireNonNullElse(rest.timeoutSeconds, USUAL_TIMEOUT)),
                    rest.allowedTools,
                    rest.model);
        }

        private static Wish rest(TrinityBody body) {
            return new Wish(
                    null,
                    null,
                    null,
                    body.flagIfAny("enabled"),
                    body.textIfAny("timezone"),
                    body.textIfAny("description"),
                    body.integerIfAny("timeout_seconds"),
                    body.textsIfAny("allowed_tools"),
                    body.textIfAny("model"));
        }

        /** What is changed; null where nothing is, or where what there was is taken away. */
        static Change changed(TrinityBody body) {
            Wish rest = rest(body);
            return new Change(
                    new Wish(
                            body.textIfAny("name"),
                            body.textIfAny("cron_expression"),
                            body.textIfAny("message"),
                            rest.enabled,
                            rest.timezone,
                            rest.description,
                            rest.timeoutSeconds,
                            rest.allowedTools,
                            rest.model),
                    body.isNull("description"),
                    body.isNull("allowed_tools"),
                    body.isNull("model"));
        }
    }

    /** A wish to change some fields; three of them can be taken away. */
    record Change(Wish wish, boolean noDescription, boolean allTools, boolean ownModel) {
        ScheduleOrder of(ScheduleOrder before) {
            Integer seconds = wish.timeoutSeconds;
            return new ScheduleOrder(
                    or(wish.name, before.name()),
                    or(wish.cronExpression, before.cron()),
                    or(wish.timezone, before.zone()),
                    or(wish.message, before.message()),
                    or(wish.enabled, before.enabled()),
                    noDescription || wish.description != null ? wish.description : before.description(),
                    seconds == null ? before.timeout() : Duration.ofSeconds(seconds),
                    allTools || wish.allowedTools != null ? wish.allowedTools : before.tools(),
                    ownModel || wish.model != null ? wish.model : before.model());
        }

        private static <T> T or(@Nullable T changed, T before) {
            return changed == null ? before : changed;
        }
    }
}
