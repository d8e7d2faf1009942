package dev.drover.api;

import static dev.drover.api.Routes.READ;
import static dev.drover.api.Routes.TRINITY;
import static dev.drover.api.Routes.WRITE;
import static dev.drover.api.http.Method.DELETE;
import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.POST;
import static dev.drover.api.http.Method.PUT;

import dev.drover.api.http.Gate;
import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.api.trinity.TrinityAccount;
import dev.drover.api.trinity.TrinityAgents;
import dev.drover.api.trinity.TrinityAutonomy;
import dev.drover.api.trinity.TrinityAvatars;
import dev.drover.api.trinity.TrinityChat;
import dev.drover.api.trinity.TrinityCredentials;
import dev.drover.api.trinity.TrinityDownloads;
import dev.drover.api.trinity.TrinityEquipment;
import dev.drover.api.trinity.TrinityExec;
import dev.drover.api.trinity.TrinityExecutions;
import dev.drover.api.trinity.TrinityFiles;
import dev.drover.api.trinity.TrinityFolders;
import dev.drover.api.trinity.TrinityGlances;
import dev.drover.api.trinity.TrinityInfo;
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
import dev.drover.api.trinity.TrinitySkillLibrary;
import dev.drover.api.trinity.TrinitySkills;
import dev.drover.api.trinity.TrinitySockets;
import dev.drover.api.trinity.TrinitySsh;
import dev.drover.api.trinity.TrinityTagging;
import dev.drover.api.trinity.TrinityTasking;
import dev.drover.api.trinity.TrinityTasks;
import dev.drover.api.trinity.TrinityTemplates;
import dev.drover.api.trinity.TrinityVersion;
import java.util.List;

/** The paths of the Trinity dialect: agents by their names, and all that goes with them. */
public final class TrinityRoutes {
    private static final String AGENT = "/api/agents/{name}";

    private TrinityRoutes() {}

    /** Who may use agents, and by which words they are sorted. */
    public static List<Route> sharing(
            TrinitySharing sharing, TrinityTagging tags, TrinityPermissions permissions, TrinityAvatars avatars) {
        return List.of(
                new Route(POST, AGENT + "/share", TRINITY, WRITE, sharing.share()),
                new Route(DELETE, AGENT + "/share/{email}", TRINITY, WRITE, sharing.end()),
                new Route(GET, AGENT + "/shares", TRINITY, READ, sharing.list()),
                new Route(GET, "/api/tags", TRINITY, READ, tags.all()),
                new Route(GET, AGENT + "/tags", TRINITY, READ, tags.get()),
                new Route(PUT, AGENT + "/tags", TRINITY, WRITE, tags.put()),
                new Route(POST, AGENT + "/tags/{tag}", TRINITY, WRITE, tags.add()),
                new Route(DELETE, AGENT + "/tags/{tag}", TRINITY, WRITE, tags.remove()),
                new Route(GET, AGENT + "/permissions", TRINITY, READ, permissions.get()),
                new Route(PUT, AGENT + "/permissions", TRINITY, WRITE, permissions.put()),
                new Route(POST, AGENT + "/permissions/{target}", TRINITY, WRITE, permissions.add()),
                new Route(DELETE, AGENT + "/permissions/{target}", TRINITY, WRITE, permissions.remove()),
                new Route(GET, AGENT + "/avatar", TRINITY, Gate.OPEN, avatars.show()),
                new Route(PUT, AGENT + "/avatar", TRINITY, WRITE, avatars.put()),
                new Route(GET, AGENT + "/avatar/identity", TRINITY, READ, avatars.identity()),
                new Route(POST, AGENT + "/avatar/identity", TRINITY, WRITE, avatars.describe()),
                new Route(POST, AGENT + "/avatar/generate", TRINITY, WRITE, avatars.generate()));
    }

    /** How agents' computers are set up. */
    public static List<Route> machineSettings(
            TrinityReadOnly readOnly, TrinityTasking tasking, TrinityEquipment equipment, TrinityFolders folders) {
        return List.of(
                new Route(GET, AGENT + "/read-only", TRINITY, READ, readOnly.get()).reachingComputer(),
                new Route(PUT, AGENT + "/read-only", TRINITY, WRITE, readOnly.put()).reachingComputer(),
                new Route(GET, AGENT + "/timeout", TRINITY, READ, tasking.timeout()),
                new Route(PUT, AGENT + "/timeout", TRINITY, WRITE, tasking.setTimeout()),
                new Route(GET, AGENT + "/capacity", TRINITY, READ, tasking.capacity()),
                new Route(PUT, AGENT + "/capacity", TRINITY, WRITE, tasking.setCapacity()),
                new Route(GET, AGENT + "/resources", TRINITY, READ, equipment.resources()).reachingComputer(),
                new Route(PUT, AGENT + "/resources", TRINITY, WRITE, equipment.setResources()).reachingComputer(),
                new Route(GET, AGENT + "/api-key-setting", TRINITY, READ, equipment.key()).reachingComputer(),
                new Route(PUT, AGENT + "/api-key-setting", TRINITY, WRITE, equipment.setKey()).reachingComputer(),
                new Route(GET, AGENT + "/capabilities", TRINITY, READ, equipment.capabilities()).reachingComputer(),
                new Route(GET, AGENT + "/folders", TRINITY, READ, folders.get()).reachingComputer(),
                new Route(PUT, AGENT + "/folders", TRINITY, WRITE, folders.put()).reachingComputer(),
                new Route(GET, AGENT + "/folders/available", TRINITY, READ, folders.available()),
                new Route(GET, AGENT + "/folders/consumers", TRINITY, READ, folders.consumers()));
    }

    /** What agents begin as, learn and say of themselves. */
    public static List<Route> skills(
            TrinitySkills skills, TrinitySkillLibrary library, TrinityTemplates templates, TrinityMetrics metrics) {
        String all = "/api/skills/library";
        return List.of(
                new Route(GET, all, TRINITY, READ, library.list()),
                new Route(GET, all + "/status", TRINITY, READ, library.status()),
                new Route(POST, all + "/sync", TRINITY, WRITE, library.sync()),
                new Route(GET, all + "/{skill}", TRINITY, READ, library.get()),
                new Route(GET, AGENT + "/skills", TRINITY, READ, skills.get()),
                new Route(PUT, AGENT + "/skills", TRINITY, WRITE, skills.put()),
                new Route(POST, AGENT + "/skills/inject", TRINITY, WRITE, skills.inject()).reachingComputer(),
                new Route(POST, AGENT + "/skills/{skill}", TRINITY, WRITE, skills.add()),
                new Route(DELETE, AGENT + "/skills/{skill}", TRINITY, WRITE, skills.remove()),
                new Route(GET, AGENT + "/metrics", TRINITY, READ, metrics.get()).reachingComputer(),
                new Route(GET, "/api/templates", TRINITY, READ, templates.list()),
                new Route(GET, "/api/templates/{id}", TRINITY, READ, templates.get()),
                new Route(GET, "/api/templates/{id}/{repository}", TRINITY, READ, templates.find()));
    }

    public static List<SocketRoute> sockets(TrinitySockets sockets) {
        return List.of(new SocketRoute("/ws", sockets::all), new SocketRoute("/ws/events", sockets::events));
    }

    public static List<Route> agents(TrinityAgents agents, TrinityMachines machines, TrinityInfo info) {
        String all = "/api/agents";
        return List.of(
                new Route(GET, all, TRINITY, READ, agents.list()),
                new Route(POST, all, TRINITY, WRITE, agents.create()),
                new Route(GET, AGENT, TRINITY, READ, agents.get()).reachingComputer(),
                new Route(DELETE, AGENT, TRINITY, WRITE, agents.delete()).reachingComputer(),
                new Route(PUT, AGENT + "/rename", TRINITY, WRITE, agents.rename()).reachingComputer(),
                new Route(POST, AGENT + "/start", TRINITY, WRITE, machines.start()).reachingComputer(),
                new Route(POST, AGENT + "/stop", TRINITY, WRITE, machines.stop()).reachingComputer(),
                new Route(GET, AGENT + "/logs", TRINITY, READ, machines.logs()),
                new Route(GET, AGENT + "/stats", TRINITY, READ, machines.stats()).reachingComputer(),
                new Route(GET, AGENT + "/info", TRINITY, READ, info.info()).reachingComputer());
    }

    /** The files in agents' homes, and the credentials among them. */
    public static List<Route> files(TrinityFiles files, TrinityDownloads downloads, TrinityCredentials credentials) {
        String home = "/api/agents/{name}/files";
        String secrets = "/api/agents/{name}/credentials";
        return List.of(
                new Route(GET, home, TRINITY, READ, files.list()).reachingComputer(),
                new Route(PUT, home, TRINITY, WRITE, files.put()).reachingComputer(),
                new Route(DELETE, home, TRINITY, WRITE, files.delete()).reachingComputer(),
                new Route(GET, home + "/download", TRINITY, READ, downloads.download()).reachingComputer(),
                new Route(GET, home + "/preview", TRINITY, READ, downloads.preview()).reachingComputer(),
                new Route(GET, secrets + "/status", TRINITY, READ, credentials.status()).reachingComputer(),
                new Route(POST, secrets + "/inject", TRINITY, WRITE, credentials.inject()).reachingComputer(),
                new Route(POST, secrets + "/export", TRINITY, WRITE, credentials.export()).reachingComputer(),
                new Route(POST, secrets + "/import", TRINITY, WRITE, credentials.unpack()).reachingComputer(),
                new Route(GET, "/api/credentials/encryption-key", TRINITY, READ, credentials.key()));
    }

    public static List<Route> terminals(TrinitySsh ssh, TrinityExec exec) {
        return List.of(
                new Route(POST, AGENT + "/ssh-access", TRINITY, WRITE, ssh.access()).reachingComputer(),
                new Route(POST, AGENT + "/exec", TRINITY, WRITE, exec.exec()).reachingComputer());
    }

    /** How people come in, and who they are then. */
    public static List<Route> entrance(
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

    public static List<Route> keys(TrinityKeys keys) {
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
    public static List<Route> serverSettings(TrinitySettings settings, TrinityLoginEmails emails) {
        String list = "/api/settings/email-whitelist";
        return List.of(
                new Route(GET, list, TRINITY, READ, emails.list()),
                new Route(POST, list, TRINITY, WRITE, emails.add()),
                new Route(DELETE, list + "/{email}", TRINITY, WRITE, emails.remove()),
                new Route(GET, "/api/settings/{key}", TRINITY, READ, settings.get()),
                new Route(PUT, "/api/settings/{key}", TRINITY, WRITE, settings.put()),
                new Route(DELETE, "/api/settings/{key}", TRINITY, WRITE, settings.delete()));
    }

    /** What agents are asked to do, and what they did. */
    public static List<Route> tasks(
            TrinityChat chat, TrinitySessions sessions, TrinityTasks tasks, TrinityExecutions executions) {
        String session = AGENT + "/chat/sessions/{session_id}";
        String execution = AGENT + "/executions/{execution_id}";
        return List.of(
                new Route(POST, AGENT + "/chat", TRINITY, WRITE, chat.say()),
                new Route(GET, AGENT + "/chat/history", TRINITY, READ, sessions.history()),
                new Route(DELETE, AGENT + "/chat/history", TRINITY, WRITE, sessions.clear()),
                new Route(GET, AGENT + "/chat/history/persistent", TRINITY, READ, sessions.persistent()),
                new Route(GET, AGENT + "/chat/session", TRINITY, READ, sessions.session()),
                new Route(GET, AGENT + "/chat/sessions", TRINITY, READ, sessions.list()),
                new Route(GET, session, TRINITY, READ, sessions.get()),
                new Route(POST, session + "/close", TRINITY, WRITE, sessions.close()),
                new Route(POST, AGENT + "/task", TRINITY, WRITE, tasks.task()),
                new Route(GET, AGENT + "/executions", TRINITY, READ, executions.list()),
                new Route(GET, execution, TRINITY, READ, executions.get()),
                new Route(GET, execution + "/log", TRINITY, READ, executions.log()),
                new Route(GET, execution + "/stream", TRINITY, READ, executions.stream()),
                new Route(POST, execution + "/terminate", TRINITY, WRITE, executions.terminate()));
    }

    /** What agents begin by the clock. */
    public static List<Route> schedules(TrinitySchedules schedules, TrinityAutonomy autonomy) {
        String schedule = AGENT + "/schedules/{schedule_id}";
        return List.of(
                new Route(GET, AGENT + "/autonomy", TRINITY, READ, autonomy.get()),
                new Route(PUT, AGENT + "/autonomy", TRINITY, WRITE, autonomy.put()),
                new Route(GET, AGENT + "/schedules", TRINITY, READ, schedules.list()),
                new Route(POST, AGENT + "/schedules", TRINITY, WRITE, schedules.create()),
                new Route(GET, schedule, TRINITY, READ, schedules.get()),
                new Route(PUT, schedule, TRINITY, WRITE, schedules.change()),
                new Route(DELETE, schedule, TRINITY, WRITE, schedules.delete()),
                new Route(POST, schedule + "/enable", TRINITY, WRITE, schedules.enable()),
                new Route(POST, schedule + "/disable", TRINITY, WRITE, schedules.disable()),
                new Route(POST, schedule + "/trigger", TRINITY, WRITE, schedules.trigger()),
                new Route(GET, schedule + "/executions", TRINITY, READ, schedules.executions()));
    }

    /** All agents of a caller at a glance. */
    public static List<Route> glances(TrinityGlances glances) {
        return List.of(
                new Route(GET, "/api/agents/context-stats", TRINITY, READ, glances.contexts()),
                new Route(GET, "/api/agents/autonomy-status", TRINITY, READ, glances.autonomy()),
                new Route(GET, "/api/agents/execution-stats", TRINITY, READ, glances.tallies()),
                new Route(GET, "/api/agents/slots", TRINITY, READ, glances.slots()));
    }
}
