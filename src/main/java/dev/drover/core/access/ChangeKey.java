package dev.drover.core.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wish to change a key; what is null stays as it is. */
public record ChangeKey(
        @Nullable String name,
        @Nullable Set<Scope> scopes,
        @Nullable SpawnRate rate) {
    public ChangeKey {
        if (name != null) {
            IssueKey.refuseUnlessFit(name);
        }
    }
}
