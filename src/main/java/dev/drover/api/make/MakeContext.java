package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.core.context.Context;
import java.time.Instant;

/** A context on the wire (contract, section 2). */
@CamelCase
record MakeContext(
        String id,
        String agentId,
        String documentName,
        String description,
        Instant createdAt,
        Metadata metadata,
        boolean isTemporary) {
    record Metadata(String type) {}

    static MakeContext of(Context context) {
        return new MakeContext(
                context.id().toString(),
                context.agent().toString(),
                context.name(),
                context.description(),
                context.createdAt(),
                new Metadata(context.type().word()),
                context.temporary());
    }
}
