package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.machine.FleetEvent;
import dev.drover.core.machine.Machine;
import dev.drover.core.machine.Machines;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an agent, as sockets are told it (contract, section 12).
 *
 * @param type the same word as the event where both sockets get it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrinityEvent(
        @Nullable String event,
        @Nullable String type,
        @Nullable String name,
        @Nullable Map<String, Object> data) {

    /** Whether {@code /ws/events} is told it too. */
    static boolean isForBoth(FleetEvent event) {
        return switch (event) {
            case FleetEvent.Started started -> true;
            case FleetEvent.Stopped stopped -> true;
            case FleetEvent.Renamed renamed -> true;
            case FleetEvent.Activity activity -> true;
            case FleetEvent.Created created -> false;
            case FleetEvent.Deleted deleted -> false;
            case FleetEvent.Shared shared -> false;
            case FleetEvent.Unshared unshared -> false;
        };
    }

    static Object of(FleetEvent event, Machines machines) {
        return switch (event) {
            case FleetEvent.Created made ->
                new TrinityEvent("agent_created", null, null, born(made.name(), machines.find(made.agent())));
            case FleetEvent.Deleted gone -> new TrinityEvent("agent_deleted", null, null, Map.of("name", gone.name()));
            case FleetEvent.Started on ->
                both("agent_started", on.name(), data("name", on.name(), "credentials_injection", on.injection()));
            case FleetEvent.Stopped off -> both("agent_stopped", off.name(), stopped(off));
            case FleetEvent.Renamed now ->
                both("agent_renamed", now.name(), data("old_name", now.former(), "new_name", now.name()));
            case FleetEvent.Shared with ->
                new TrinityEvent("agent_shared", null, null, data("name", with.name(), "shared_with", with.email()));
            case FleetEvent.Unshared with ->
                new TrinityEvent("agent_unshared", null, null, data("name", with.name(), "removed_user", with.email()));
            case FleetEvent.Activity work -> Activity.of(work);
        };
    }

    private static TrinityEvent both(String word, String name, Map<String, Object> data) {
        return new TrinityEvent(word, word, name, data);
    }

    private static Map<String, Object> data(String first, Object value, String second, Object other) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(first, value);
        data.put(second, other);
        return data;
    }

    private static Map<String, Object> stopped(FleetEvent.Stopped off) {
        String reason = off.reason();
        return reason == null ? Map.of("name", off.name()) : data("name", off.name(), "reason", reason);
    }

    /** It is on when it is told of; nothing but the name is left when it is gone already. */
    private static Map<String, Object> born(String name, Optional<Machine> found) {
        Map<String, Object> data = new LinkedHashMap<>(Map.of("name", name));
        found.ifPresent(machine -> {
            data.put("type", machine.kind());
            data.put("status", machine.state().word());
            data.put("port", machine.port());
            data.put("created", machine.createdAt());
            data.put("resources", TrinityStatus.Size.of(machine.resources()));
            data.put("container_id", machine.container());
        });
        return data;
    }

    /** A piece of an agent's work. */
    record Activity(
            String type,
            String agentName,
            String activityId,
            String activityType,
            String activityState,
            String action,
            Instant timestamp,
            Map<String, Object> details,
            @Nullable String error) {
        static Activity of(FleetEvent.Activity work) {
            return new Activity(
                    "agent_activity",
                    work.name(),
                    work.id(),
                    work.type(),
                    work.state(),
                    work.action(),
                    work.at(),
                    Map.of(),
                    work.error());
        }
    }
}
