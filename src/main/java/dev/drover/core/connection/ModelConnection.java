package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import dev.drover.core.model.ModelAccount;
import dev.drover.core.model.ModelProfile;
import java.util.List;

/**
 * A connection to models, opened.
 *
 * @param version another one after each change
 * @param models the names that are offered whatever the vendor says
 * @param profiles the server's own profiles behind it
 * @param contextTokens what a model of unknown name can read and write in one call
 */
public record ModelConnection(
        ConnectionId id,
        int version,
        String name,
        ConnectionType type,
        String provider,
        ModelAccount account,
        List<String> models,
        List<ModelProfile> profiles,
        int contextTokens) {
    /** Below are the server's own connections, one for each vendor that is configured. */
    public static final int FIRST_OF_USERS = 100;

    static final int CONTEXT_OF_UNKNOWN = 32_000;

    public ModelConnection {
        models = List.copyOf(models);
        profiles = List.copyOf(profiles);
    }

    /** A user's. */
    static ModelConnection of(ConnectionStore.Row row, ConnectionValues values) {
        ConnectionType type = row.type();
        String address = values.url() == null ? type.address() : values.url();
        ModelAccount account = new ModelAccount(type.protocol(), address, values.key(), true);
        return new ModelConnection(
                row.id(),
                row.version(),
                row.name(),
                type,
                type.provider(),
                account,
                row.models(),
                List.of(),
                CONTEXT_OF_UNKNOWN);
    }

    Connection shown() {
        return new Connection(id, name, type, provider, models, id.value() >= FIRST_OF_USERS);
    }
}
