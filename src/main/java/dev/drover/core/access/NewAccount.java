package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a user.
 *
 * @param password null for somebody who comes in by mail or by a provider of identities
 * @param email null for none
 */
public record NewAccount(
        String name,
        @Nullable String password,
        Role role,
        @Nullable String email) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    public NewAccount {
        if (!NAME.matcher(name).matches() || name.equals("me")) {
            throw new Refused(new Problem.Invalid(
                    "username",
                    "is '" + name + "'; it must be 1 to 64 letters, digits, dots, dashes, underscores or @, begin with"
                            + " a letter or digit, and not be 'me'"));
        }
        if (password != null) {
            Setup.refuseShort(password);
        }
        if (password == null && email == null) {
            throw new Refused(new Problem.Unacceptable(
                    "Somebody without a password and without an email has no way in; give one of them"));
        }
        email = email == null ? null : LoginEmails.address(email);
    }

    @Override
    public String toString() {
        return "account " + name;
    }
}
