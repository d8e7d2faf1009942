package dev.drover.api.console;

import dev.drover.core.access.Session;
import dev.drover.core.access.Sessions;
import java.time.Instant;
import java.util.List;

/** A session, and the token to act with for now. */
record ConsoleSession(
        String accessToken, String tokenType, long expiresIn, String sessionId, String mode, ConsoleUser user) {
    static ConsoleSession of(Sessions.Opened opened) {
        return new ConsoleSession(
                opened.token(),
                "bearer",
                opened.lasts().toSeconds(),
                opened.id().toString(),
                opened.mode(),
                ConsoleUser.of(opened.user()));
    }

    /** One of a list, by which people know it again. */
    record Item(
            String id,
            String mode,
            String address,
            String client,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt) {
        static Item of(Session session) {
            return new Item(
                    session.id().toString(),
                    session.mode(),
                    session.from().address(),
                    session.from().client(),
                    session.createdAt(),
                    session.usedAt(),
                    session.expiresAt());
        }
    }

    record Listed(List<Item> data) {}
}
