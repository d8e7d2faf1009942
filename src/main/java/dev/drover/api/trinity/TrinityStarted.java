package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.core.machine.Injection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That a computer is on, and what became of the credentials that were to go into it (contract, section 5.5). */
record TrinityStarted(String message, String credentialsInjection, Result credentialsResult) {
    static TrinityStarted of(String name, Injection injection) {
        return new TrinityStarted("Agent " + name + " started", injection.word(), Result.of(injection));
    }

    /** Files when there were some, else why there are none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String status,
            @Nullable Integer credentialCount,
            @Nullable List<String> files,
            @Nullable String reason,
            @Nullable String error) {
        private static Result of(Injection injection) {
            String word = injection.word();
            return switch (injection) {
                case Injection.Success success ->
                    new Result(word, success.files().size(), success.files(), null, null);
                case Injection.Skipped skipped -> new Result(word, null, null, skipped.reason(), null);
                case Injection.Failed failed -> new Result(word, null, null, null, failed.error());
            };
        }
    }
}
