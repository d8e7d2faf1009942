package dev.drover.api.trinity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of the contract's section 3.6, written once: who may do what, by the route behind an agent's name. */
final class TrinityRights {
    /** Administrators, the owner and those whom the agent is shared with. */
    private static final List<String> USE = List.of(
            "GET ",
            "GET /info",
            "GET /logs",
            "GET /stats",
            "POST /start",
            "POST /stop",
            "GET /tags",
            "GET /files",
            "PUT /files",
            "DELETE /files",
            "GET /files/download",
            "GET /files/preview",
            "GET /timeout",
            "GET /capacity",
            "GET /resources",
            "GET /api-key-setting",
            "GET /metrics",
            "GET /capabilities",
            "GET /autonomy",
            "GET /read-only",
            "GET /folders",
            "GET /folders/available",
            "GET /folders/consumers",
            "GET /credentials/status",
            "GET /skills",
            "GET /permissions",
            "GET /avatar/identity",
            "GET /schedules",
            "POST /schedules",
            "GET /schedules/{id}",
            "PUT /schedules/{id}",
            "DELETE /schedules/{id}",
            "POST /schedules/{id}/enable",
            "POST /schedules/{id}/disable",
            "POST /schedules/{id}/trigger",
            "GET /schedules/{id}/executions",
            "GET /executions",
            "GET /executions/{id}",
            "GET /executions/{id}/log",
            "GET /executions/{id}/stream",
            "POST /executions/{id}/terminate",
            "POST /executions/{id}/cancel",
            "POST /chat",
            "GET /chat/session",
            "GET /chat/history",
            "GET /chat/history/persistent",
            "DELETE /chat/history",
            "POST /chat/reset",
            "GET /chat/sessions",
            "GET /chat/sessions/{id}",
            "DELETE /chat/sessions/{id}",
            "POST /chat/sessions/{id}/close",
            "POST /task");

    /** Administrators and the owner. */
    private static final List<String> OWN = List.of(
            "DELETE ",
            "PUT /rename",
            "PUT /autonomy",
            "PUT /read-only",
            "PUT /timeout",
            "PUT /folders",
            "PUT /resources",
            "PUT /capacity",
            "PUT /api-key-setting",
            "POST /credentials/inject",
            "POST /credentials/export",
            "POST /credentials/import",
            "POST /exec",
            "POST /share",
            "DELETE /share/{email}",
            "GET /shares",
            "PUT /tags",
            "POST /tags/{tag}",
            "DELETE /tags/{tag}",
            "PUT /permissions",
            "POST /permissions/{target}",
            "DELETE /permissions/{target}",
            "PUT /skills",
            "POST /skills/{skill}",
            "DELETE /skills/{skill}",
            "POST /skills/inject",
            "PUT /avatar",
            "POST /avatar/identity",
            "POST /avatar/generate");

    private TrinityRights() {}

    /** What a route asks of its caller. */
    enum Need {
        USE,
        OWN,
        /** Anybody at all. */
        NOTHING,
        /** Asked only where the server's setting allows it; without that everybody gets 403. */
        SETTING
    }

    /** By method and what follows the agent's name, parameters as in the routes. */
    static Map<String, Need> table() {
        Map<String, Need> table = new HashMap<>();
        USE.forEach(route -> table.put(plain(route), Need.USE));
        OWN.forEach(route -> table.put(plain(route), Need.OWN));
        table.put("GET /avatar", Need.NOTHING);
        table.put("POST /ssh-access", Need.SETTING);
        return table;
    }

    /** Without the names of parameters. */
    static String plain(String route) {
        return route.replaceAll("\\{[^}]+}", "{}");
    }
}
