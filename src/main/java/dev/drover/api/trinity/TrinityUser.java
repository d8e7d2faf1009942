package dev.drover.api.trinity;

import dev.drover.core.access.User;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A person; there are no pictures, and nobody has a name beside the one they log in with. */
record TrinityUser(
        String username,
        @Nullable String email,
        String role,
        String name,
        @Nullable String picture) {
    static TrinityUser of(User user) {
        return new TrinityUser(
                user.name(), user.email(), user.role().name().toLowerCase(Locale.ROOT), user.name(), null);
    }
}
