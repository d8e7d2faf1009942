package dev.drover.core.access;

import org.jspecify.annotations.Nullable;

/** A wish to change a user; what is null stays as it is. */
public record ChangeAccount(
        @Nullable Role role,
        @Nullable String password,
        @Nullable Boolean disabled) {
    public ChangeAccount {
        if (password != null) {
            Setup.refuseShort(password);
        }
    }

    @Override
    public String toString() {
        return "role " + role + ", disabled " + disabled;
    }
}
