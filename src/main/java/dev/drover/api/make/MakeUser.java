package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import java.time.ZoneId;
import java.util.List;

/**
 * A user as Make's clients see one; its team's number serves as its own.
 *
 * @param email empty when the user's name is no address: none is known then
 * @param language of everything this server says, as is the locale
 */
@CamelCase
record MakeUser(int id, String name, String email, String language, String timezone, String locale) {
    static MakeUser of(User user, ZoneId zone) {
        String email = user.name().contains("@") ? user.name() : "";
        return new MakeUser(user.team(), user.name(), email, "en", zone.toString(), "en_US");
    }

    /** The envelope of one user. */
    @CamelCase
    record Shown(MakeUser authUser) {}

    /** What a credential may do, in Make's words. */
    @CamelCase
    record Authorization(String authUsed, List<String> scope) {
        private static Authorization of(Caller caller) {
            return new Authorization(
                    "token",
                    caller.scopes().stream().sorted().map(Authorization::word).toList());
        }

        private static String word(Scope scope) {
            return switch (scope) {
                case AGENTS_READ -> "ai-agents:read";
                case AGENTS_WRITE -> "ai-agents:write";
                case MEMORY_READ, MEMORY_WRITE, SECRETS_MANAGE, WEBHOOKS_MANAGE, KEYS_MANAGE -> scope.word();
            };
        }
    }

    /** The envelope of what a credential may do. */
    record Authorized(Authorization authorization) {
        static Authorized of(Caller caller) {
            return new Authorized(Authorization.of(caller));
        }
    }
}
