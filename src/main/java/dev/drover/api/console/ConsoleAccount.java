package dev.drover.api.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.drover.core.access.Account;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A user as administrators see one. */
record ConsoleAccount(
        String username,
        String role,
        @Nullable String email,
        boolean disabled,
        boolean hasPassword,
        Instant createdAt,
        @Nullable Instant lastSeenAt) {
    static ConsoleAccount of(Account account) {
        return new ConsoleAccount(
                account.user().name(),
                account.user().role().name().toLowerCase(Locale.ROOT),
                account.user().email(),
                account.disabledAt() != null,
                account.hasPassword(),
                account.createdAt(),
                account.seenAt());
    }

    record Listed(List<ConsoleAccount> data) {}

    /** A wish for a new one; without a password it needs an email, and the other way round. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wish(
            String username,
            @Nullable String password,
            @Nullable String role,
            @Nullable String email) {}

    /** What is left out stays as it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            @Nullable String role,
            @Nullable String password,
            @Nullable Boolean disabled) {}

    /** The current one may be left out by somebody who has none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewPassword(
            @Nullable String current, @JsonProperty("new") String next) {}
}
