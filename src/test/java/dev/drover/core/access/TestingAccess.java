package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.provider.secret.Argon2Passwords;
import dev.drover.provider.secret.SignedTokens;
import dev.drover.provider.secret.SigningKey;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The room with a clock that only the test moves. */
final class TestingAccess {
    static final String NOON = "2026-11-02T12:00:00Z";

    /** What the plan allows; an administrator may grant more. */
    static final SpawnRate PLAN = new SpawnRate(5, 30);

    final TestingClock clock = new TestingClock(NOON);
    final Ids ids = new Ids(clock);
    final Tokens tokens = new SignedTokens(
            SigningKey.given("a key of thirty-two bytes or more"),
            SigningKey.given("another key of thirty-two bytes or more"),
            "default",
            clock);
    final AccessStore store;
    final Access access;
    final Login login;
    final FirstStart firstStart;

    private final TestingDatabase testing;

    /** @param testing is emptied */
    TestingAccess(TestingDatabase testing) {
        this.testing = testing;
        testing.empty();
        Passwords passwords = new Argon2Passwords();
        Audit audit = new Audit(new AuditStore(testing.database().jdbi()), ids, clock);
        store = new AccessStore(testing.database().jdbi(), true);
        access = new Access(store, tokens, audit, PLAN, ids, clock);
        login = new Login(store, new AccountStore(testing.database().jdbi(), store), passwords, tokens, audit, clock);
        firstStart = new FirstStart(store, access, passwords, ids, clock, FirstStart.ADMIN);
    }

    User user(String name) {
        store.insert(new UserId(ids.next()), name, Role.USER, clock.instant());
        return store.user(name).orElseThrow();
    }

    /** Somebody who logged in, and so may do everything. */
    Caller caller(String name) {
        return new Caller(user(name), CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class));
    }

    /** Operator keys as the server itself makes them, since plain users get none. */
    ApiKey.Issued issue(Caller caller, CredentialKind kind) {
        IssueKey order = new IssueKey("a key", kind, IssueKey.DEFAULT_SCOPES, null);
        return kind == CredentialKind.OPERATOR_KEY
                ? access.issue(caller.user(), order, Binding.NONE)
                : access.issue(caller, order);
    }

    ApiKey.Issued issue(Caller caller, CredentialKind kind, Set<Scope> scopes) {
        return access.issue(caller, new IssueKey("a key", kind, scopes, null));
    }

    /** Every value of every row of the tables that know of credentials, as text. */
    String everythingStored() {
        return testing.database()
                .jdbi()
                .withHandle(
                        handle -> List.of("app_user", "credential", "audit", "failed_login").stream()
                                .flatMap(table -> handle
                                        .createQuery("select cast(t as text) from " + table + " t")
                                        .mapTo(String.class)
                                        .list()
                                        .stream())
                                .toList()
                                .toString());
    }

    void sql(String statement, Object... values) {
        testing.database().jdbi().useHandle(handle -> handle.execute(statement, values));
    }

    static Problem problem(ThrowingCallable call) {
        try {
            call.call();
        } catch (Refused e) {
            return e.problem();
        } catch (Throwable e) {
            throw new AssertionError("not refused, but broken", e);
        }
        throw new AssertionError("not refused");
    }
}
