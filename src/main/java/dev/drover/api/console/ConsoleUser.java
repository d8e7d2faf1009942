package dev.drover.api.console;

import dev.drover.core.access.User;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Somebody, as they see themselves. */
record ConsoleUser(String username, String role, @Nullable String email) {
    static ConsoleUser of(User user) {
        return new ConsoleUser(user.name(), user.role().name().toLowerCase(Locale.ROOT), user.email());
    }
}
