package dev.drover.api;

import static dev.drover.api.http.Method.DELETE;
import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.PATCH;
import static dev.drover.api.http.Method.POST;
import static dev.drover.api.http.Method.PUT;

import dev.drover.api.http.Dialect;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Route;
import dev.drover.api.jettson.JettsonAccount;
import dev.drover.api.jettson.JettsonApi;
import dev.drover.api.jettson.JettsonArtifacts;
import dev.drover.api.jettson.JettsonDeliveries;
import dev.drover.api.jettson.JettsonDialect;
import dev.drover.api.jettson.JettsonKeys;
import dev.drover.api.jettson.JettsonLogs;
import dev.drover.api.jettson.JettsonMemory;
import dev.drover.api.jettson.JettsonPool;
import dev.drover.api.jettson.JettsonReasons;
import dev.drover.api.jettson.JettsonSecrets;
import dev.drover.api.jettson.JettsonWebhooks;
import dev.drover.api.make.MakeAccount;
import dev.drover.api.make.MakeAgents;
import dev.drover.api.make.MakeConnections;
import dev.drover.api.make.MakeContexts;
import dev.drover.api.make.MakeDialect;
import dev.drover.api.make.MakeProviders;
import dev.drover.api.make.MakeRuns;
import dev.drover.api.make.MakeScenarios;
import dev.drover.api.make.MakeThreads;
import dev.drover.api.page.DocsPage;
import dev.drover.api.page.HealthPage;
import dev.drover.api.page.MetricsPage;
import dev.drover.api.slaw.SlawDialect;
import dev.drover.api.trinity.TrinityDialect;
import dev.drover.core.access.Scope;
import dev.drover.core.id.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Every path of every dialect, and which dialect answers for a path. */
public final class Routes {
    static final Dialect JETTSON = new JettsonDialect();
    private static final Dialect MAKE = new MakeDialect();
    static final Dialect TRINITY = new TrinityDialect();
    static final Dialect SLAW = new SlawDialect();

    static final Gate READ = Gate.scope(Scope.AGENTS_READ);
    static final Gate WRITE = Gate.scope(Scope.AGENTS_WRITE);
    private static final Gate RECALL = Gate.scope(Scope.MEMORY_READ);
    private static final Gate REMEMBER = Gate.scope(Scope.MEMORY_WRITE);
    private static final Gate KEYS = Gate.scope(Scope.KEYS_MANAGE);
    private static final Gate WEBHOOKS = Gate.scope(Scope.WEBHOOKS_MANAGE);
    private static final Gate SECRETS = Gate.scope(Scope.SECRETS_MANAGE);

    private static final List<String> SLAW_PLACES =
            List.of("/api/squads", "/api/issues", "/api/approvals", "/api/heartbeat-runs", "/api/health");

    private Routes() {}

    public static List<Route> jettson(
            JettsonApi agents, JettsonLogs logs, JettsonArtifacts artifacts, JettsonKeys keys) {
        return List.of(
                new Route(POST, "/api/v1/agents", JETTSON, WRITE, agents.spawn()),
                new Route(GET, "/api/v1/agents", JETTSON, READ, agents.list()),
                new Route(GET, "/api/v1/agents/{id}", JETTSON, READ, agents.get()),
                new Route(DELETE, "/api/v1/agents/{id}", JETTSON, WRITE, agents.stop()),
                new Route(POST, "/api/v1/agents/{id}/fork", JETTSON, WRITE, agents.fork()),
                new Route(GET, "/api/v1/agents/{id}/logs", JETTSON, READ, logs.logs()),
                new Route(GET, "/api/v1/agents/{id}/events", JETTSON, READ, logs.events()),
                new Route(GET, "/api/v1/agents/{id}/artifacts", JETTSON, READ, artifacts.list()),
                new Route(GET, "/api/v1/agents/{id}/artifacts/{artifact_id}", JETTSON, READ, artifacts.get()),
                new Route(
                        GET, "/api/v1/agents/{id}/artifacts/{artifact_id}/content", JETTSON, READ, artifacts.content()),
                new Route(DELETE, "/api/v1/agents/{id}/artifacts/{artifact_id}", JETTSON, WRITE, artifacts.delete()),
                new Route(POST, "/api/v1/keys", JETTSON, KEYS, keys.create()),
                new Route(GET, "/api/v1/keys", JETTSON, KEYS, keys.list()),
                new Route(GET, "/api/v1/keys/{key_id}", JETTSON, KEYS, keys.get()),
                new Route(PATCH, "/api/v1/keys/{key_id}", JETTSON, KEYS, keys.change()),
                new Route(DELETE, "/api/v1/keys/{key_id}", JETTSON, KEYS, keys.revoke()));
    }

    public static List<Route> jettsonMemory(JettsonMemory memory, JettsonPool pool) {
        return List.of(
                new Route(POST, "/api/v1/memory", JETTSON, REMEMBER, memory.put()),
                new Route(GET, "/api/v1/memory", JETTSON, RECALL, memory.get()),
                new Route(DELETE, "/api/v1/memory", JETTSON, REMEMBER, memory.delete()),
                new Route(POST, "/api/v1/memory/search", JETTSON, RECALL, memory.search()),
                new Route(POST, "/api/v1/memory/dedupe", JETTSON, REMEMBER, pool.dedupe()),
                new Route(POST, "/api/v1/memory/consolidate", JETTSON, REMEMBER, pool.consolidate()),
                new Route(GET, "/api/v1/memory/export", JETTSON, RECALL, pool.give()),
                new Route(POST, "/api/v1/memory/import", JETTSON, REMEMBER, pool.take()));
    }

    public static List<Route> jettsonSecrets(JettsonSecrets secrets) {
        return List.of(
                new Route(PUT, "/api/v1/secrets/{name}", JETTSON, SECRETS, secrets.put()),
                new Route(GET, "/api/v1/secrets", JETTSON, SECRETS, secrets.list()),
                new Route(GET, "/api/v1/secrets/{name}", JETTSON, SECRETS, secrets.get()),
                new Route(DELETE, "/api/v1/secrets/{name}", JETTSON, SECRETS, secrets.delete()));
    }

    public static List<Route> jettsonWebhooks(JettsonWebhooks hooks, JettsonDeliveries sent) {
        return List.of(
                new Route(POST, "/api/v1/webhooks", JETTSON, WEBHOOKS, hooks.create()),
                new Route(GET, "/api/v1/webhooks", JETTSON, WEBHOOKS, hooks.list()),
                new Route(GET, "/api/v1/webhooks/{webhook_id}", JETTSON, WEBHOOKS, hooks.get()),
                new Route(PATCH, "/api/v1/webhooks/{webhook_id}", JETTSON, WEBHOOKS, hooks.change()),
                new Route(DELETE, "/api/v1/webhooks/{webhook_id}", JETTSON, WEBHOOKS, hooks.delete()),
                new Route(POST, "/api/v1/webhooks/{webhook_id}/rotate-secret", JETTSON, WEBHOOKS, hooks.rotate()),
                new Route(POST, "/api/v1/webhooks/{webhook_id}/test", JETTSON, WEBHOOKS, hooks.test()),
                new Route(GET, "/api/v1/webhooks/{webhook_id}/deliveries", JETTSON, WEBHOOKS, sent.ofHook()),
                new Route(GET, "/api/v1/agents/{id}/deliveries", JETTSON, READ, sent.ofAgent()),
                new Route(
                        POST,
                        "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/retry",
                        JETTSON,
                        WEBHOOKS,
                        sent.again()));
    }

    /** Why agents of all dialects do not move. */
    public static List<Route> jettsonWhy(JettsonReasons reasons) {
        return List.of(new Route(GET, "/api/v1/agents/{id}/why", JETTSON, READ, reasons.why()));
    }

    public static List<Route> jettsonUsage(JettsonAccount account) {
        return List.of(new Route(GET, "/api/v1/usage", JETTSON, READ, account.usage()));
    }

    /** Who the caller is, and the organization and team it is in. */
    public static List<Route> makeAccount(MakeAccount account) {
        return List.of(
                new Route(GET, "/api/v2/users/me", MAKE, READ, account.me()),
                new Route(GET, "/api/v2/users/me/current-authorization", MAKE, READ, account.authorization()),
                new Route(GET, "/api/v2/organizations", MAKE, READ, account.organizations()),
                new Route(GET, "/api/v2/organizations/{organizationId}", MAKE, READ, account.organization()),
                new Route(GET, "/api/v2/teams", MAKE, READ, account.teams()),
                new Route(GET, "/api/v2/teams/{teamId}", MAKE, READ, account.team()));
    }

    public static List<Route> makeConnections(MakeConnections connections, MakeProviders providers) {
        String one = "/api/v2/connections/{connectionId}";
        String models = "/api/v2/ai-agents/v1/llm-providers";
        return List.of(
                new Route(GET, "/api/v2/connections", MAKE, READ, connections.list()),
                new Route(POST, "/api/v2/connections", MAKE, WRITE, connections.create()),
                new Route(GET, one, MAKE, READ, connections.get()),
                new Route(PATCH, one, MAKE, WRITE, connections.change()),
                new Route(DELETE, one, MAKE, WRITE, connections.delete()),
                new Route(GET, models, MAKE, READ, providers.list()),
                new Route(GET, models + "/{providerId}", MAKE, READ, providers.get()),
                new Route(GET, models + "/{providerId}/models", MAKE, READ, providers.models()));
    }

    public static List<Route> makeScenarios(MakeScenarios scenarios) {
        return List.of(
                new Route(GET, "/api/v2/scenarios", MAKE, READ, scenarios.list()),
                new Route(POST, "/api/v2/scenarios", MAKE, WRITE, scenarios.create()),
                new Route(GET, "/api/v2/scenarios/{scenarioId}", MAKE, READ, scenarios.get()),
                new Route(PATCH, "/api/v2/scenarios/{scenarioId}", MAKE, WRITE, scenarios.change()),
                new Route(DELETE, "/api/v2/scenarios/{scenarioId}", MAKE, WRITE, scenarios.delete()),
                new Route(GET, "/api/v2/scenarios/{scenarioId}/interface", MAKE, READ, scenarios.shape()),
                new Route(POST, "/api/v2/scenarios/{scenarioId}/run", MAKE, WRITE, scenarios.run()));
    }

    public static List<Route> makeContexts(MakeContexts contexts) {
        String path = "/api/v2/ai-agents/v1/contexts";
        return List.of(
                new Route(POST, path, MAKE, WRITE, contexts.add()),
                new Route(GET, path, MAKE, READ, contexts.list()),
                new Route(DELETE, path + "/{contextId}", MAKE, WRITE, contexts.delete()));
    }

    public static List<Route> makeAgents(MakeAgents agents, MakeRuns runs, MakeThreads threads) {
        String all = "/api/v2/ai-agents/v1/agents";
        String one = all + "/{agentId}";
        return List.of(
                new Route(GET, all, MAKE, READ, agents.list()),
                new Route(POST, all, MAKE, WRITE, agents.create()),
                new Route(GET, one, MAKE, READ, agents.get()),
                new Route(PATCH, one, MAKE, WRITE, agents.change()),
                new Route(DELETE, one, MAKE, WRITE, agents.delete()),
                new Route(POST, one + "/run", MAKE, WRITE, runs.run()),
                new Route(POST, one + "/run/stream", MAKE, WRITE, runs.stream()),
                new Route(GET, one + "/threads", MAKE, READ, threads.list()),
                new Route(GET, one + "/threads/{threadId}", MAKE, READ, threads.get()),
                new Route(DELETE, one + "/threads/{threadId}", MAKE, WRITE, threads.delete()));
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
