package dev.drover.core.scenario;

import dev.drover.core.Refused;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ToolGrant;
import dev.drover.core.tool.ToolRefusal;
import java.util.List;
import java.util.Optional;

/** Judges what people want to grant to agents, and describes what they granted. */
public final class Grants {
    private final ScenarioRoom room;

    public Grants(ScenarioRoom room) {
        this.room = room;
    }

    /**
     * Refuses a scenario, a connection or one of its tools that the user does not have, by its path in Make's words.
     *
     * @param within the path of the object that names them, with a dot behind it, as {@code config.}; may be empty
     */
    public void refuseUnknown(UserId owner, List<ToolGrant> granted, String within) {
        refuseUnknown(owner, granted, within, true);
    }

    /** Refuses a scenario or connection that an agent was granted and that was deleted since; asks no server. */
    public void refuseDeleted(UserId owner, List<ToolGrant> granted) {
        refuseUnknown(owner, granted, "", false);
    }

    private void refuseUnknown(UserId owner, List<ToolGrant> granted, String within, boolean asks) {
        int scenarios = 0;
        int servers = 0;
        for (ToolGrant grant : granted) {
            switch (grant) {
                case ToolGrant.OfScenario scenario ->
                    refuseUnknown(owner, scenario.scenario(), within + "scenarios[" + scenarios++ + "].makeScenarioId");
                case ToolGrant.OfServer server ->
                    refuseUnknown(owner, server, within + "mcpConfigs[" + servers++ + "].", asks);
            }
        }
    }

    private void refuseUnknown(UserId owner, ScenarioId scenario, String path) {
        if (room.store().find(owner, scenario).isEmpty()) {
            throw Refused.invalid(path, "must be a scenario of the team, but is " + scenario);
        }
    }

    /** A server that is away refuses only tools that are named: whether it has them nobody can tell. */
    private void refuseUnknown(UserId owner, ToolGrant.OfServer server, String path, boolean asks) {
        ServiceAccount account =
                room.accounts().named(owner, server.connection(), ConnectionKind.MCP, path + "mcpConnectionId");
        for (int i = 0; asks && i < server.tools().size(); i++) {
            refuseUnknown(account, server.tools().get(i), path + "toolIds[" + i + "]");
        }
    }

    /** Refuses a tool that the server lacks, or cannot be asked for. */
    void refuseUnknown(ServiceAccount account, String tool, String path) {
        try {
            List<ToolServers.Offered> offered =
                    Patience.call(() -> room.offers().of(account));
            if (offered.stream().noneMatch(each -> each.name().equals(tool))) {
                throw Refused.invalid(
                        path,
                        "must be a tool of " + account.name() + ", but is '" + tool + "'; it has: " + names(offered));
            }
        } catch (ToolRefusal away) {
            throw Refused.invalid(path, "cannot be checked: " + away.reason());
        }
    }

    private static String names(List<ToolServers.Offered> offered) {
        return offered.isEmpty()
                ? "none"
                : String.join(
                        ", ", offered.stream().map(ToolServers.Offered::name).toList());
    }

    /** The name of a connection to a server; empty when it was deleted since. */
    public Optional<String> serverName(UserId owner, ConnectionId connection) {
        return room.accounts().find(owner, connection, ConnectionKind.MCP).map(ServiceAccount::name);
    }

    /** The tools granted of a server as it describes them; of one that is away, those that were named, by name only. */
    public List<Described> tools(UserId owner, ToolGrant.OfServer granted) {
        List<String> wanted = granted.tools();
        try {
            ServiceAccount account = room.accounts().lent(owner, granted.connection(), ConnectionKind.MCP);
            return Patience.call(() -> room.offers().of(account)).stream()
                    .filter(tool -> wanted.isEmpty() || wanted.contains(tool.name()))
                    .map(tool -> new Described(tool.name(), tool.name(), tool.description()))
                    .toList();
        } catch (ToolRefusal away) {
            return wanted.stream().map(name -> new Described(name, name, "")).toList();
        }
    }

    /** A tool of a server as people see it; its name there is its id. */
    public record Described(String id, String name, String description) {}
}
