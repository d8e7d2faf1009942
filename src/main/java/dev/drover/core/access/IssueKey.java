package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wish for a new key; {@code expiresAt} null means that it lasts until revoked. */
public record IssueKey(
        String name,
        CredentialKind kind,
        Set<Scope> scopes,
        @Nullable Instant expiresAt,
        SpawnRate rate) {
    /** What a key may do when nothing else was asked for. */
    public static final Set<Scope> DEFAULT_SCOPES =
            EnumSet.of(Scope.AGENTS_READ, Scope.AGENTS_WRITE, Scope.MEMORY_READ, Scope.MEMORY_WRITE);

    public IssueKey {
        scopes = Set.copyOf(scopes);
        refuseUnlessFit(name);
    }

    /** One that may spawn as often as the plan allows. */
    public IssueKey(String name, CredentialKind kind, Set<Scope> scopes, @Nullable Instant expiresAt) {
        this(name, kind, scopes, expiresAt, SpawnRate.OF_THE_PLAN);
    }

    static void refuseUnlessFit(String name) {
        if (name.isBlank() || name.length() > 100) {
            throw new Refused(new Problem.Invalid("name", "must be 1 to 100 characters"));
        }
        if (name.indexOf('\0') >= 0) {
            throw new Refused(new Problem.Invalid("name", "must not contain the NUL character"));
        }
    }
}
