package dev.drover.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The paths of the API that the command line uses. */
final class Paths {
    static final String AGENTS = "/api/v1/agents";
    static final String BACKUP = "/api/v1/backup";
    static final String KEYS = "/api/v1/keys";

    private Paths() {}

    static String agent(String id) {
        return AGENTS + "/" + segment(id);
    }

    static String events(String id) {
        return agent(id) + "/events";
    }

    static String logs(String id, String cursor) {
        return agent(id) + "/logs?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + segment(cursor));
    }

    static String replay(String run) {
        return "/api/v1/runs/" + segment(run) + "/replay";
    }

    static String key(String id) {
        return KEYS + "/" + segment(id);
    }

    /** @param value empty for none */
    static String check(String name, String value) {
        return "/api/v1/check" + (value.isEmpty() ? "" : "?" + name + "=" + segment(value));
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
