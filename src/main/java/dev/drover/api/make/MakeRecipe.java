package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.core.Json;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.scenario.Action;
import dev.drover.core.scenario.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What people write of a scenario to make one or to change one; for the description of the API. */
@CamelCase
record MakeRecipe(
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean isActive,
        MakeScenario.@Nullable Scheduling scheduling,
        @Nullable List<MakeField> input,
        @Nullable List<MakeField> output,
        MakeScenario.@Nullable Http http,
        MakeScenario.@Nullable Mcp mcp,
        @Nullable String builtin,
        @Nullable Integer timeoutSeconds) {
    private static final List<String> ACTIONS = List.of("http", "mcp", "builtin");
    private static final String ON_DEMAND = MakeScenario.Scheduling.ON_DEMAND.type();

    /** A whole new recipe. */
    static Recipe made(Fields fields, int team) {
        Integer wanted = fields.looseInteger("teamId");
        if (wanted != null && wanted != team) {
            throw fields.wrong("teamId", "must be the team of the query, " + team + ", but is " + wanted);
        }
        return read(fields, null);
    }

    /** A recipe laid over what there was; what is not given stays. */
    static Recipe changed(Fields fields, Recipe before) {
        return read(fields, before);
    }

    private static Recipe read(Fields fields, @Nullable Recipe before) {
        String name = fields.text("name");
        if (name == null && before == null) {
            throw fields.wrong("name", "Required");
        }
        String description = fields.text("description");
        Boolean active = fields.flag("isActive");
        Integer timeout = fields.looseInteger("timeoutSeconds");
        checkScheduling(fields);
        return new Recipe(
                name == null ? or(before, Recipe::name, "") : name.strip(),
                description == null ? or(before, Recipe::description, "") : description.strip(),
                active == null ? or(before, Recipe::active, true) : active,
                fields.isGiven("input") || before == null ? MakeField.read(fields, "input") : before.input(),
                fields.isGiven("output") || before == null ? MakeField.read(fields, "output") : before.output(),
                action(fields, before == null ? null : before.action()),
                timeout == null ? or(before, Recipe::timeoutSeconds, Recipe.USUAL_TIMEOUT) : timeout);
    }

    private static <T> T or(@Nullable Recipe before, Function<Recipe, T> part, T usual) {
        return before == null ? usual : part.apply(before);
    }

    private static void checkScheduling(Fields fields) {
        Fields scheduling = fields.object("scheduling");
        String type = scheduling == null ? null : scheduling.text("type");
        if (scheduling != null && type != null && !type.equals(ON_DEMAND)) {
            throw scheduling.wrong("type", "must be " + ON_DEMAND + ", but is '" + type + "'");
        }
    }

    private static Action action(Fields fields, @Nullable Action before) {
        List<String> given = ACTIONS.stream().filter(fields::has).toList();
        if (given.size() > 1 || (given.isEmpty() && before == null)) {
            throw fields.wrong(
                    given.isEmpty() ? "http" : given.get(1),
                    "must be the only one of http, mcp and builtin, and one of them is required");
        }
        if (given.isEmpty() && before != null) {
            return before;
        }
        Fields http = fields.object("http");
        if (http != null) {
            return request(http, before instanceof Action.Request request ? request : null);
        }
        Fields mcp = fields.object("mcp");
        if (mcp != null) {
            return tool(mcp, before instanceof Action.ServerTool tool ? tool : null);
        }
        return new Action.Builtin(required(fields, "builtin", Optional.empty()));
    }

    private static Action request(Fields http, Action.@Nullable Request before) {
        Optional<Action.Request> old = Optional.ofNullable(before);
        Map<String, String> headers = http.words("headers");
        return new Action.Request(
                required(http, "method", old.map(Action.Request::method)).toUpperCase(Locale.ROOT),
                required(http, "url", old.map(Action.Request::url)).strip(),
                http.isGiven("headers")
                        ? Optional.ofNullable(headers).orElse(Map.of())
                        : old.map(Action.Request::headers).orElse(Map.of()),
                http.isGiven("body")
                        ? body(http)
                        : old.map(Action.Request::body).orElse(null),
                http.isGiven("connectionId")
                        ? connection(http)
                        : old.map(Action.Request::connection).orElse(null));
    }

    /** In an object a string that is nothing but a place stands for the input itself. */
    private static @Nullable String body(Fields http) {
        if (!http.has("body") || http.isText("body")) {
            return http.text("body");
        }
        Json object = http.json("body");
        return object == null ? null : object.text().replaceAll("(?<!\\\\)\"(\\{\\{[^{}\"\\\\]*}})\"(?!:)", "$1");
    }

    private static @Nullable ConnectionId connection(Fields fields) {
        Integer number = fields.looseInteger("connectionId");
        return number == null ? null : new ConnectionId(number);
    }

    private static Action tool(Fields mcp, Action.@Nullable ServerTool before) {
        ConnectionId given = connection(mcp);
        ConnectionId connection = given == null && before != null ? before.connection() : given;
        if (connection == null) {
            throw mcp.wrong("connectionId", "Required");
        }
        Optional<String> old = Optional.ofNullable(before).map(Action.ServerTool::tool);
        return new Action.ServerTool(connection, required(mcp, "tool", old));
    }

    private static String required(Fields fields, String name, Optional<String> before) {
        return Optional.ofNullable(fields.text(name))
                .or(() -> before)
                .orElseThrow(() -> fields.wrong(name, "Required"));
    }
}
