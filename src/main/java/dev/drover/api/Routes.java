package dev.drover.api;

import static dev.drover.api.http.Method.DELETE;
import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.PATCH;
import static dev.drover.api.http.Method.POST;
import static dev.drover.api.http.Method.PUT;

import dev.drover.api.http.Dialect;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.api.jettson.JettsonAccount;
import dev.drover.api.jettson.JettsonApi;
import dev.drover.api.jettson.JettsonArtifacts;
import dev.drover.api.jettson.JettsonDeliveries;
import dev.drover.api.jettson.JettsonDialect;
import dev.drover.api.jettson.JettsonKeys;
import dev.drover.api.jettson.JettsonLogs;
import dev.drover.api.jettson.JettsonMemory;
import dev.drover.api.jettson.JettsonPool;
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
import dev.drover.api.trinity.TrinityAccount;
import dev.drover.api.trinity.TrinityAgents;
import dev.drover.api.trinity.TrinityAutonomy;
import dev.drover.api.trinity.TrinityAvatars;
import dev.drover.api.trinity.TrinityChat;
import dev.drover.api.trinity.TrinityCredentials;
import dev.drover.api.trinity.TrinityDialect;
import dev.drover.api.trinity.TrinityDownloads;
import dev.drover.api.trinity.TrinityEquipment;
import dev.drover.api.trinity.TrinityExec;
import dev.drover.api.trinity.TrinityExecutions;
import dev.drover.api.trinity.TrinityFiles;
import dev.drover.api.trinity.TrinityFolders;
import dev.drover.api.trinity.TrinityGlances;
import dev.drover.api.trinity.TrinityKeys;
import dev.drover.api.trinity.TrinityLogin;
import dev.drover.api.trinity.TrinityLoginEmails;
import dev.drover.api.trinity.TrinityMachines;
import dev.drover.api.trinity.TrinityMailLogin;
import dev.drover.api.trinity.TrinityMetrics;
import dev.drover.api.trinity.TrinityPermissions;
import dev.drover.api.trinity.TrinityReadOnly;
import dev.drover.api.trinity.TrinitySchedules;
import dev.drover.api.trinity.TrinitySessions;
import dev.drover.api.trinity.TrinitySettings;
import dev.drover.api.trinity.TrinitySetup;
import dev.drover.api.trinity.TrinitySharing;
import dev.drover.api.trinity.TrinitySkills;
import dev.drover.api.trinity.TrinitySockets;
import dev.drover.api.trinity.TrinitySsh;
import dev.drover.api.trinity.TrinityTagging;
import dev.drover.api.trinity.TrinityTasking;
import dev.drover.api.trinity.TrinityTasks;
import dev.drover.api.trinity.TrinityTemplates;
import dev.drover.api.trinity.TrinityVersion;
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
                new Route(GET, "/api/v1/agents/{id}/why", JETTSON, READ, agents.why()),
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

    /** Who may use agents, and by which words they are sorted. */
    public static List<Route> trinitySharing(
            TrinitySharing sharing, TrinityTagging tags, TrinityPermissions permissions, TrinityAvatars avatars) {
        String one = "/api/agents/{name}";
        return List.of(
                new Route(POST, one + "/share", TRINITY, WRITE, sharing.share()),
                new Route(DELETE, one + "/share/{email}", TRINITY, WRITE, sharing.end()),
                new Route(GET, one + "/shares", TRINITY, READ, sharing.list()),
                new Route(GET, "/api/tags", TRINITY, READ, tags.all()),
                new Route(GET, one + "/tags", TRINITY, READ, tags.get()),
                new Route(PUT, one + "/tags", TRINITY, WRITE, tags.put()),
                new Route(POST, one + "/tags/{tag}", TRINITY, WRITE, tags.add()),
                new Route(DELETE, one + "/tags/{tag}", TRINITY, WRITE, tags.remove()),
                new Route(GET, one + "/permissions", TRINITY, READ, permissions.get()),
                new Route(PUT, one + "/permissions", TRINITY, WRITE, permissions.put()),
                new Route(POST, one + "/permissions/{target}", TRINITY, WRITE, permissions.add()),
                new Route(DELETE, one + "/permissions/{target}", TRINITY, WRITE, permissions.remove()),
                new Route(GET, one + "/avatar", TRINITY, Gate.OPEN, avatars.show()),
                new Route(PUT, one + "/avatar", TRINITY, WRITE, avatars.put()),
                new Route(GET, one + "/avatar/identity", TRINITY, READ, avatars.identity()),
                new Route(POST, one + "/avatar/identity", TRINITY, WRITE, avatars.describe()),
                new Route(POST, one + "/avatar/generate", TRINITY, WRITE, avatars.generate()));
    }

    /** How agents' computers are set up. */
    public static List<Route> trinitySettings(
            TrinityReadOnly readOnly, TrinityTasking tasking, TrinityEquipment equipment, TrinityFolders folders) {
        String one = "/api/agents/{name}";
        return List.of(
                new Route(GET, one + "/read-only", TRINITY, READ, readOnly.get()),
                new Route(PUT, one + "/read-only", TRINITY, WRITE, readOnly.put()),
                new Route(GET, one + "/timeout", TRINITY, READ, tasking.timeout()),
                new Route(PUT, one + "/timeout", TRINITY, WRITE, tasking.setTimeout()),
                new Route(GET, one + "/capacity", TRINITY, READ, tasking.capacity()),
                new Route(PUT, one + "/capacity", TRINITY, WRITE, tasking.setCapacity()),
                new Route(GET, one + "/resources", TRINITY, READ, equipment.resources()),
                new Route(PUT, one + "/resources", TRINITY, WRITE, equipment.setResources()),
                new Route(GET, one + "/api-key-setting", TRINITY, READ, equipment.key()),
                new Route(PUT, one + "/api-key-setting", TRINITY, WRITE, equipment.setKey()),
                new Route(GET, one + "/capabilities", TRINITY, READ, equipment.capabilities()),
                new Route(GET, one + "/folders", TRINITY, READ, folders.get()),
                new Route(PUT, one + "/folders", TRINITY, WRITE, folders.put()),
                new Route(GET, one + "/folders/available", TRINITY, READ, folders.available()),
                new Route(GET, one + "/folders/consumers", TRINITY, READ, folders.consumers()));
    }

    /** What agents begin as, learn and say of themselves. */
    public static List<Route> trinitySkills(TrinitySkills skills, TrinityTemplates templates, TrinityMetrics metrics) {
        String one = "/api/agents/{name}";
        return List.of(
                new Route(GET, one + "/skills", TRINITY, READ, skills.get()),
                new Route(PUT, one + "/skills", TRINITY, WRITE, skills.put()),
                new Route(POST, one + "/skills/inject", TRINITY, WRITE, skills.inject()),
                new Route(POST, one + "/skills/{skill}", TRINITY, WRITE, skills.add()),
                new Route(DELETE, one + "/skills/{skill}", TRINITY, WRITE, skills.remove()),
                new Route(GET, one + "/metrics", TRINITY, READ, metrics.get()),
                new Route(GET, "/api/templates", TRINITY, READ, templates.list()),
                new Route(GET, "/api/templates/{id}", TRINITY, READ, templates.get()),
                new Route(GET, "/api/templates/{id}/{repository}", TRINITY, READ, templates.find()));
    }

    public static List<SocketRoute> trinitySockets(TrinitySockets sockets) {
        return List.of(new SocketRoute("/ws", sockets::all), new SocketRoute("/ws/events", sockets::events));
    }

    public static List<Route> trinityAgents(TrinityAgents agents, TrinityMachines machines) {
        String all = "/api/agents";
        String one = all + "/{name}";
        return List.of(
                new Route(GET, all, TRINITY, READ, agents.list()),
                new Route(POST, all, TRINITY, WRITE, agents.create()),
                new Route(GET, one, TRINITY, READ, agents.get()),
                new Route(DELETE, one, TRINITY, WRITE, agents.delete()),
                new Route(PUT, one + "/rename", TRINITY, WRITE, agents.rename()),
                new Route(POST, one + "/start", TRINITY, WRITE, machines.start()),
                new Route(POST, one + "/stop", TRINITY, WRITE, machines.stop()),
                new Route(GET, one + "/logs", TRINITY, READ, machines.logs()));
    }

    /** The files in agents' homes, and the credentials among them. */
    public static List<Route> trinityFiles(
            TrinityFiles files, TrinityDownloads downloads, TrinityCredentials credentials) {
        String home = "/api/agents/{name}/files";
        String secrets = "/api/agents/{name}/credentials";
        return List.of(
                new Route(GET, home, TRINITY, READ, files.list()),
                new Route(PUT, home, TRINITY, WRITE, files.put()),
                new Route(DELETE, home, TRINITY, WRITE, files.delete()),
                new Route(GET, home + "/download", TRINITY, READ, downloads.download()),
                new Route(GET, home + "/preview", TRINITY, READ, downloads.preview()),
                new Route(GET, secrets + "/status", TRINITY, READ, credentials.status()),
                new Route(POST, secrets + "/inject", TRINITY, WRITE, credentials.inject()),
                new Route(POST, secrets + "/export", TRINITY, WRITE, credentials.export()),
                new Route(POST, secrets + "/import", TRINITY, WRITE, credentials.unpack()),
                new Route(GET, "/api/credentials/encryption-key", TRINITY, READ, credentials.key()));
    }

    public static List<Route> trinityTerminals(TrinitySsh ssh, TrinityExec exec) {
        String one = "/api/agents/{name}";
        return List.of(
                new Route(POST, one + "/ssh-access", TRINITY, WRITE, ssh.access()),
                new Route(POST, one + "/exec", TRINITY, WRITE, exec.exec()));
    }

    /** How people come in, and who they are then. */
    public static List<Route> trinityEntrance(
            TrinityLogin login,
            TrinityMailLogin mail,
            TrinitySetup setup,
            TrinityAccount account,
            TrinityVersion version) {
        return List.of(
                new Route(POST, "/token", TRINITY, Gate.OPEN, login.token()),
                new Route(POST, "/api/token", TRINITY, Gate.OPEN, login.token()),
                new Route(GET, "/api/setup/status", TRINITY, Gate.OPEN, setup.status()),
                new Route(POST, "/api/setup/admin-password", TRINITY, Gate.OPEN, setup.adminPassword()),
                new Route(GET, "/api/auth/mode", TRINITY, Gate.OPEN, mail.mode()),
                new Route(POST, "/api/auth/email/request", TRINITY, Gate.OPEN, mail.request()),
                new Route(POST, "/api/auth/email/verify", TRINITY, Gate.OPEN, mail.verify()),
                new Route(GET, "/api/auth/validate", TRINITY, Gate.OPEN, account.validate()),
                new Route(GET, "/api/users/me", TRINITY, READ, account.me()),
                new Route(GET, "/api/users", TRINITY, READ, account.list()),
                new Route(GET, "/api/version", TRINITY, Gate.OPEN, version.show()));
    }

    public static List<Route> trinityKeys(TrinityKeys keys) {
        String one = "/api/mcp/keys/{key_id}";
        return List.of(
                new Route(POST, "/api/mcp/keys", TRINITY, WRITE, keys.create()),
                new Route(GET, "/api/mcp/keys", TRINITY, READ, keys.list()),
                new Route(POST, "/api/mcp/keys/ensure-default", TRINITY, WRITE, keys.ensureDefault()),
                new Route(GET, one, TRINITY, READ, keys.get()),
                new Route(DELETE, one, TRINITY, WRITE, keys.delete()),
                new Route(POST, one + "/revoke", TRINITY, WRITE, keys.revoke()),
                new Route(POST, "/api/mcp/validate", TRINITY, Gate.OPEN, keys.validate()));
    }

    /** For administrators. */
    public static List<Route> trinitySettings(TrinitySettings settings, TrinityLoginEmails emails) {
        String list = "/api/settings/email-whitelist";
        return List.of(
                new Route(GET, list, TRINITY, READ, emails.list()),
                new Route(POST, list, TRINITY, WRITE, emails.add()),
                new Route(DELETE, list + "/{email}", TRINITY, WRITE, emails.remove()),
                new Route(GET, "/api/settings/{key}", TRINITY, READ, settings.get()),
                new Route(PUT, "/api/settings/{key}", TRINITY, WRITE, settings.put()),
                new Route(DELETE, "/api/settings/{key}", TRINITY, WRITE, settings.delete()));
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

    /** What agents are asked to do, and what they did. */
    public static List<Route> trinityTasks(
            TrinityChat chat, TrinitySessions sessions, TrinityTasks tasks, TrinityExecutions executions) {
        String agent = "/api/agents/{name}";
        String session = agent + "/chat/sessions/{session_id}";
        String execution = agent + "/executions/{execution_id}";
        return List.of(
                new Route(POST, agent + "/chat", TRINITY, WRITE, chat.say()),
                new Route(GET, agent + "/chat/history", TRINITY, READ, sessions.history()),
                new Route(DELETE, agent + "/chat/history", TRINITY, WRITE, sessions.clear()),
                new Route(GET, agent + "/chat/history/persistent", TRINITY, READ, sessions.persistent()),
                new Route(GET, agent + "/chat/session", TRINITY, READ, sessions.session()),
                new Route(GET, agent + "/chat/sessions", TRINITY, READ, sessions.list()),
                new Route(GET, session, TRINITY, READ, sessions.get()),
                new Route(POST, session + "/close", TRINITY, WRITE, sessions.close()),
                new Route(POST, agent + "/task", TRINITY, WRITE, tasks.task()),
                new Route(GET, agent + "/executions", TRINITY, READ, executions.list()),
                new Route(GET, execution, TRINITY, READ, executions.get()),
                new Route(GET, execution + "/log", TRINITY, READ, executions.log()),
                new Route(GET, execution + "/stream", TRINITY, READ, executions.stream()),
                new Route(POST, execution + "/terminate", TRINITY, WRITE, executions.terminate()));
    }

    /** What agents begin by the clock. */
    public static List<Route> trinitySchedules(TrinitySchedules schedules, TrinityAutonomy autonomy) {
        String agent = "/api/agents/{name}";
        String schedule = agent + "/schedules/{schedule_id}";
        return List.of(
                new Route(GET, agent + "/autonomy", TRINITY, READ, autonomy.get()),
                new Route(PUT, agent + "/autonomy", TRINITY, WRITE, autonomy.put()),
                new Route(GET, agent + "/schedules", TRINITY, READ, schedules.list()),
                new Route(POST, agent + "/schedules", TRINITY, WRITE, schedules.create()),
                new Route(GET, schedule, TRINITY, READ, schedules.get()),
                new Route(PUT, schedule, TRINITY, WRITE, schedules.change()),
                new Route(DELETE, schedule, TRINITY, WRITE, schedules.delete()),
                new Route(POST, schedule + "/enable", TRINITY, WRITE, schedules.enable()),
                new Route(POST, schedule + "/disable", TRINITY, WRITE, schedules.disable()),
                new Route(POST, schedule + "/trigger", TRINITY, WRITE, schedules.trigger()),
                new Route(GET, schedule + "/executions", TRINITY, READ, schedules.executions()));
    }

    /** All agents of a caller at a glance. */
    public static List<Route> trinityGlances(TrinityGlances glances) {
        return List.of(
                new Route(GET, "/api/agents/context-stats", TRINITY, READ, glances.contexts()),
                new Route(GET, "/api/agents/autonomy-status", TRINITY, READ, glances.autonomy()),
                new Route(GET, "/api/agents/execution-stats", TRINITY, READ, glances.tallies()),
                new Route(GET, "/api/agents/slots", TRINITY, READ, glances.slots()));
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
