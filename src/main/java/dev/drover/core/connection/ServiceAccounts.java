package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;

/** Opens connections for whoever calls a service on behalf of their user. */
public interface ServiceAccounts {
    /** The user's connection, opened; refused as not found when there is none of that kind. */
    ServiceAccount of(UserId owner, ConnectionId id, ConnectionKind kind);
}
