package dev.drover.api;

import static dev.drover.api.http.Method.DELETE;
import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.PATCH;
import static dev.drover.api.http.Method.POST;

import dev.drover.api.http.Dialect;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Route;
import dev.drover.api.jettson.JettsonApi;
import dev.drover.api.jettson.JettsonDialect;
import dev.drover.api.jettson.JettsonKeys;
import dev.drover.api.jettson.JettsonLogs;
import dev.drover.api.make.MakeDialect;
import dev.drover.api.page.DocsPage;
import dev.drover.api.page.HealthPage;
import dev.drover.api.page.MetricsPage;
import dev.drover.api.slaw.SlawDialect;
import dev.drover.api.trinity.TrinityDialect;
import dev.drover.api.trinity.TrinityLogin;
import dev.drover.core.access.Scope;
import dev.drover.core.id.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Every path of every dialect, and which dialect answers for a path. */
public final class Routes {
    private static final Dialect JETTSON = new JettsonDialect();
    private static final Dialect MAKE = new MakeDialect();
    private static final Dialect TRINITY = new TrinityDialect();
    private static final Dialect SLAW = new SlawDialect();

    private static final Gate READ = Gate.scope(Scope.AGENTS_READ);
    private static final Gate WRITE = Gate.scope(Scope.AGENTS_WRITE);
    private static final Gate KEYS = Gate.scope(Scope.KEYS_MANAGE);

    private static final List<String> SLAW_PLACES =
            List.of("/api/squads", "/api/issues", "/api/approvals", "/api/heartbeat-runs", "/api/health");

    private Routes() {}

    public static List<Route> jettson(JettsonApi agents, JettsonLogs logs, JettsonKeys keys) {
        return List.of(
                new Route(POST, "/api/v1/agents", JETTSON, WRITE, agents.spawn()),
                new Route(GET, "/api/v1/agents", JETTSON, READ, agents.list()),
                new Route(GET, "/api/v1/agents/{id}", JETTSON, READ, agents.get()),
                new Route(DELETE, "/api/v1/agents/{id}", JETTSON, WRITE, agents.stop()),
                new Route(GET, "/api/v1/agents/{id}/logs", JETTSON, READ, logs.logs()),
                new Route(GET, "/api/v1/agents/{id}/events", JETTSON, READ, logs.events()),
                new Route(POST, "/api/v1/keys", JETTSON, KEYS, keys.create()),
                new Route(GET, "/api/v1/keys", JETTSON, KEYS, keys.list()),
                new Route(GET, "/api/v1/keys/{key_id}", JETTSON, KEYS, keys.get()),
                new Route(PATCH, "/api/v1/keys/{key_id}", JETTSON, KEYS, keys.change()),
                new Route(DELETE, "/api/v1/keys/{key_id}", JETTSON, KEYS, keys.revoke()));
    }

    public static List<Route> trinity(TrinityLogin login) {
        return List.of(
                new Route(POST, "/token", TRINITY, Gate.OPEN, login.token()),
                new Route(POST, "/api/token", TRINITY, Gate.OPEN, login.token()));
    }

    public static List<Route> pages(HealthPage health, MetricsPage metrics) {
        return List.of(
                new Route(GET, "/health", TRINITY, Gate.OPEN, health.show()),
                new Route(GET, "/metrics", TRINITY, Gate.NEARBY, metrics.show()));
    }

    /** The pages that describe the other routes, and themselves. */
    public static List<Route> described(List<Route> others) {
        List<Route> all = new ArrayList<>(others);
        DocsPage docs = new DocsPage(all);
        all.add(new Route(GET, "/openapi.json", TRINITY, Gate.OPEN, docs.description()));
        all.add(new Route(GET, "/docs", TRINITY, Gate.OPEN, docs.page()));
        all.add(new Route(GET, "/docs/{version}/{file}", TRINITY, Gate.OPEN, docs.asset()));
        return all;
    }

    /** Whose words an answer speaks, by the path alone (Trinity contract, section 1.1). */
    public static Dialect dialect(String path) {
        if (under(path, "/api/v1")) {
            return JETTSON;
        }
        if (under(path, "/api/v2")) {
            return MAKE;
        }
        boolean slaw = SLAW_PLACES.stream().anyMatch(place -> under(path, place)) || isSlawAgent(path);
        return slaw ? SLAW : TRINITY;
    }

    /** The one fork: an agent by its UUID, or itself as {@code me}, is SLAW's; by its name, Trinity's. */
    private static boolean isSlawAgent(String path) {
        String agents = "/api/agents/";
        if (!path.startsWith(agents)) {
            return false;
        }
        int end = path.indexOf('/', agents.length());
        String which = path.substring(agents.length(), end < 0 ? path.length() : end);
        return which.equals("me") || Spelling.isUuid(which);
    }

    private static boolean under(String path, String place) {
        return path.startsWith(place) && (path.length() == place.length() || path.charAt(place.length()) == '/');
    }
}
