package dev.drover.core.scenario;

import dev.drover.core.Refused;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.Toolbox;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges a recipe before it is kept; what is wrong is named by its path in Make's words. */
final class RecipeCheck {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Set<String> OURS = Set.of("host", "content-length", "transfer-encoding", "connection");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");
    private static final Pattern AUTHORITY = Pattern.compile("[^/?#]*//[^/?#]*");
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_BODY = 100 * 1024;
    private static final int LONGEST_HEADER = 4_096;
    private static final int MOST_HEADERS = 50;

    private final ScenarioRoom room;
    private final Grants grants;

    RecipeCheck(ScenarioRoom room) {
        this.room = room;
        this.grants = new Grants(room);
    }

    /** Refuses words and numbers that do not fit. */
    void check(UserId owner, Recipe recipe) {
        Refused.when(recipe.name().isEmpty(), "name", "must not be blank");
        longest("name", recipe.name(), Recipe.LONGEST_NAME);
        longest("description", recipe.description(), Recipe.LONGEST_DESCRIPTION);
        int timeout = recipe.timeoutSeconds();
        Refused.when(
                timeout < 1 || timeout > Recipe.LONGEST_TIMEOUT,
                "timeoutSeconds",
                "must be 1 to " + Recipe.LONGEST_TIMEOUT + ", but is " + timeout);
    }

    /** Refuses an action that cannot be done with that input. */
    void checkAction(UserId owner, Recipe recipe) {
        switch (recipe.action()) {
            case Action.Request request -> checkRequest(owner, request, recipe);
            case Action.ServerTool tool -> checkTool(owner, tool);
            case Action.Builtin builtin -> checkBuiltin(builtin);
        }
    }

    private void checkTool(UserId owner, Action.ServerTool tool) {
        ServiceAccount account =
                room.accounts().named(owner, tool.connection(), ConnectionKind.MCP, "mcp.connectionId");
        grants.refuseUnknown(account, tool.tool(), "mcp.tool");
    }

    private void checkBuiltin(Action.Builtin builtin) {
        Toolbox tools = room.means().builtin();
        Refused.when(
                tools.tool(builtin.tool()).isEmpty(),
                "builtin",
                "must be a tool of this server, but is '" + builtin.tool() + "'; there are: "
                        + String.join(", ", tools.names()));
    }

    private void checkRequest(UserId owner, Action.Request request, Recipe recipe) {
        Refused.when(
                !METHODS.contains(request.method()),
                "http.method",
                "must be one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, but is '" + request.method() + "'");
        checkHeaders(request);
        String body = request.body();
        if (body != null) {
            longest("http.body", body, LONGEST_BODY);
            checkPlaces("http.body", body, recipe);
        }
        checkUrl(request.url(), recipe);
        request.headers().forEach((name, value) -> checkPlaces("http.headers." + name, value, recipe));
        if (request.connection() != null) {
            ServiceAccount account =
                    room.accounts().named(owner, request.connection(), ConnectionKind.HTTP, "http.connectionId");
            RequestWork.elsewhere(account, request.url()).ifPresent(reason -> {
                throw Refused.invalid("http.url", reason);
            });
        }
        room.means().requests().misfit(request).ifPresent(misfit -> {
            throw Refused.invalid("http." + misfit.field(), misfit.reason());
        });
    }

    private static void checkHeaders(Action.Request request) {
        Refused.when(
                request.headers().size() > MOST_HEADERS,
                "http.headers",
                "must be at most " + MOST_HEADERS + " headers");
        request.headers().forEach((name, value) -> {
            String path = "http.headers." + name;
            Refused.when(!HEADER.matcher(name).matches(), path, "is no name of a header");
            Refused.when(OURS.contains(name.toLowerCase(Locale.ROOT)), path, "is set from URL and body; leave it away");
            Refused.when(
                    !VALUE.matcher(value).matches(),
                    path,
                    "has a line break or a character that is not printable ASCII");
            longest(path, value, LONGEST_HEADER);
        });
    }

    private void checkUrl(String url, Recipe recipe) {
        longest("http.url", url, LONGEST_URL);
        var authority = AUTHORITY.matcher(url);
        boolean early = authority.lookingAt() && !Places.in(authority.group()).isEmpty();
        Refused.when(early || url.startsWith("{{"), "http.url", "may have places for inputs in path and query only");
        int fragment = url.indexOf('#');
        Refused.when(fragment >= 0, "http.url", "must have no fragment: servers never see it");
        checkPlaces("http.url", url, recipe);
        try {
            var _ = room.means().guard().check(Places.in(url).filled("x"));
        } catch (EgressDenied denied) {
            // A name without an address may have one tomorrow; the call will tell.
            Refused.when(!denied.isUnresolved(), "http.url", "cannot be used: " + denied.reason());
        }
    }

    private static void checkPlaces(String path, String template, Recipe recipe) {
        List<Field> input = recipe.input();
        Optional<String> unknown = Places.in(template).names().stream()
                .filter(name -> input == null
                        || input.stream().noneMatch(field -> field.name().equals(name)))
                .findFirst();
        unknown.ifPresent(name -> {
            throw Refused.invalid(path, "has the place '{{" + name + "}}', which is no declared input");
        });
    }

    private static void longest(String path, String text, int most) {
        Refused.when(text.length() > most, path, "must be at most " + most + " characters, but is " + text.length());
    }
}
