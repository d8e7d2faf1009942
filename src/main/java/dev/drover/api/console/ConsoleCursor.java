package dev.drover.api.console;

import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.id.Spelling;
import dev.drover.core.overview.RosterQuery;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of agents ended, as one word that says nothing to its reader. */
final class ConsoleCursor {
    private ConsoleCursor() {}

    static String write(RosterQuery.Place place) {
        byte[] text = (place.agent() + place.key()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    static RosterQuery.@Nullable Place read(@Nullable String cursor, RosterQuery.Sort sort) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String agent = text.substring(0, Math.min(36, text.length()));
            String key = text.substring(agent.length());
            if (Spelling.isUuid(agent) && fits(key, sort)) {
                return new RosterQuery.Place(key, UUID.fromString(agent));
            }
            throw misfit();
        } catch (IllegalArgumentException e) {
            throw misfit();
        }
    }

    /** A cursor of another order would make no sense to the database. */
    private static boolean fits(String key, RosterQuery.Sort sort) {
        return switch (sort) {
            case CREATED -> key.equals("0");
            case STATE -> key.matches("[1-8]");
            case ACTIVITY -> key.matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.+-]{8,32}");
            case NAME -> key.indexOf('\0') < 0;
        };
    }

    private static Rejected misfit() {
        return new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list"));
    }
}
