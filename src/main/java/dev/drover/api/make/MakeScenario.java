package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drover.api.http.CamelCase;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.scenario.Action;
import dev.drover.core.scenario.Recipe;
import dev.drover.core.scenario.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A scenario as answers show it (contract, sections 3.10 and 4). */
@CamelCase
record MakeScenario(
        int id,
        int teamId,
        String name,
        String description,
        boolean isActive,
        Scheduling scheduling,
        @Nullable List<MakeField> input,
        @Nullable List<MakeField> output,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Http http,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Mcp mcp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String builtin,
        int timeoutSeconds,
        Instant createdAt,
        Instant updatedAt) {
    static MakeScenario of(Scenario scenario, int team) {
        Recipe recipe = scenario.recipe();
        Action action = recipe.action();
        return new MakeScenario(
                scenario.id().value(),
                team,
                recipe.name(),
                recipe.description(),
                recipe.active(),
                Scheduling.ON_DEMAND,
                MakeField.list(recipe.input()),
                MakeField.list(recipe.output()),
                action instanceof Action.Request request ? Http.of(request) : null,
                action instanceof Action.ServerTool tool
                        ? new Mcp(tool.connection().value(), tool.tool())
                        : null,
                action instanceof Action.Builtin builtin ? builtin.tool() : null,
                recipe.timeoutSeconds(),
                scenario.createdAt(),
                scenario.updatedAt());
    }

    /** When it runs: only when somebody asks. */
    @CamelCase
    record Scheduling(String type) {
        static final Scheduling ON_DEMAND = new Scheduling("on-demand");
    }

    /** A call over HTTP. */
    @CamelCase
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Http(
            String method,
            String url,
            @Nullable Map<String, String> headers,
            @Nullable String body,
            @Nullable Integer connectionId) {
        static Http of(Action.Request request) {
            ConnectionId connection = request.connection();
            return new Http(
                    request.method(),
                    request.url(),
                    request.headers().isEmpty() ? null : new TreeMap<>(request.headers()),
                    request.body(),
                    connection == null ? null : connection.value());
        }
    }

    /** A tool of a connected server. */
    @CamelCase
    record Mcp(int connectionId, String tool) {}

    /** One, in its envelope. */
    @CamelCase
    record One(MakeScenario scenario) {}

    /** Many, in theirs. */
    @CamelCase
    record Listed(List<MakeScenario> scenarios, MakePage pg) {}

    /** What goes in and what comes out. */
    @CamelCase
    record Interface(
            @Nullable List<MakeField> input, @Nullable List<MakeField> output) {
        static Interface of(Recipe recipe) {
            return new Interface(MakeField.list(recipe.input()), MakeField.list(recipe.output()));
        }
    }

    /** The interface, in its envelope; Java has the plain word for itself. */
    record Shown(@JsonProperty("interface") Interface shown) {}
}
