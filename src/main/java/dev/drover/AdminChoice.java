package dev.drover;

import dev.drover.core.access.FirstStart;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Who administers the server.
 *
 * @param password null for one of the setup, or a random one, shown at the first start
 * @param requireSetup whether the first start leaves the password to the setup
 */
record AdminChoice(String user, Settings.@Nullable Secret password, boolean requireSetup) {
    static AdminChoice read(Given given) {
        return new AdminChoice(
                given.text("ADMIN_USERNAME").orElse(FirstStart.ADMIN),
                given.text("DROVER_ADMIN_PASSWORD")
                        .or(() -> given.text("ADMIN_PASSWORD"))
                        .map(Settings.Secret::new)
                        .orElse(null),
                given.flag("DROVER_REQUIRE_SETUP"));
    }

    /** The random password made now, to be shown once; empty when there is one, or will be by the setup. */
    Optional<String> open(FirstStart firstStart) {
        if (password == null && requireSetup) {
            return Optional.empty();
        }
        return firstStart.admin(password == null ? null : password.text());
    }

    void show(SequencedMap<String, String> shown) {
        String none = requireSetup ? "(of the setup)" : "(random)";
        shown.put("ADMIN_USERNAME", user);
        shown.put("DROVER_ADMIN_PASSWORD", password == null ? none : password.toString());
        shown.put("DROVER_REQUIRE_SETUP", String.valueOf(requireSetup));
    }
}
