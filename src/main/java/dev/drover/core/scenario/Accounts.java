package dev.drover.core.scenario;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.connection.ServiceAccounts;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ToolRefusal;
import java.util.Locale;
import java.util.Optional;

/** Connections as this room asks for them: there or not, in the words of whoever asked. */
final class Accounts {
    private final ServiceAccounts connections;

    Accounts(ServiceAccounts connections) {
        this.connections = connections;
    }

    Optional<ServiceAccount> find(UserId owner, ConnectionId id, ConnectionKind kind) {
        try {
            return Optional.of(connections.of(owner, id, kind));
        } catch (Refused refused) {
            if (refused.problem() instanceof Problem.NotFound) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** For people: refused by the field that named it. */
    ServiceAccount named(UserId owner, ConnectionId id, ConnectionKind kind, String field) {
        return find(owner, id, kind)
                .orElseThrow(() -> Refused.invalid(
                        field, "must be a connection of the team of the kind " + word(kind) + ", but is " + id));
    }

    /** For models. */
    ServiceAccount lent(UserId owner, ConnectionId id, ConnectionKind kind) throws ToolRefusal {
        return find(owner, id, kind)
                .orElseThrow(() -> ToolRefusal.rejected(
                        "there is no connection " + id + " of the kind " + word(kind) + " any more"));
    }

    private static String word(ConnectionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
