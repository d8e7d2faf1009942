package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.CamelCase;
import dev.drover.core.connection.Connection;
import dev.drover.core.connection.ConnectionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection on the wire (contract, section 3.10): never with its values.
 *
 * @param accountName the type's word; Make calls it so in answers, and {@code accountType} in requests
 * @param models the names that are offered whatever the service says; only of connections to models
 */
@CamelCase
record MakeConnection(
        int id,
        String name,
        String accountName,
        String accountLabel,
        String accountType,
        int teamId,
        boolean editable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> models) {
    static MakeConnection of(Connection connection, int team) {
        boolean leadsToModels = connection.type().kind() == ConnectionKind.MODELS;
        return new MakeConnection(
                connection.id().value(),
                connection.name(),
                connection.type().word(),
                connection.type().label(),
                connection.type().word(),
                team,
                connection.editable(),
                leadsToModels ? connection.models() : null);
    }

    /** Several of them. */
    record Listed(List<MakeConnection> connections) {}

    /** One that was asked for, made or changed. */
    record One(MakeConnection connection) {}
}
