package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Access;
import dev.drover.core.id.CredentialId;
import dev.drover.core.id.Spelling;
import org.jspecify.annotations.Nullable;

/** Keys by API (contract, section 13.3). */
public final class JettsonKeys {
    private final Access access;

    public JettsonKeys(Access access) {
        this.access = access;
    }

    public Operation create() {
        return Operation.of("Make a key; its secret is shown this once", this::create)
                .takes(JettsonKeyWish.class)
                .answers(201, JettsonKey.class)
                .refuses(400, 409, 413);
    }

    private Answer create(Call call) {
        return Answer.json(201, JettsonKey.of(access.issue(call.caller(), JettsonKeyWish.order(call.fields()))));
    }

    public Operation list() {
        return Operation.of("List keys, newest first", this::list)
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before")
                .query("include_revoked", Boolean.class, "Whether to list revoked keys too")
                .answers(200, JettsonKey.Listed.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        return Answer.ok(
                JettsonKey.Listed.of(access.keys(call.caller(), revokedToo(call), call.limit(20, 100), cursor(call))));
    }

    private static boolean revokedToo(Call call) {
        String text = call.query("include_revoked");
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw new Rejected(new Rejection.QueryMisfit("include_revoked", "must be true or false"));
        }
        return true;
    }

    private static @Nullable CredentialId cursor(Call call) {
        String cursor = call.query("cursor");
        return cursor == null
                ? null
                : Spelling.KEY
                        .read(cursor)
                        .map(CredentialId::new)
                        .orElseThrow(
                                () -> new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list")));
    }

    public Operation get() {
        return Operation.of("Get one key", call -> Answer.ok(JettsonKey.of(access.key(call.caller(), key(call)))))
                .answers(200, JettsonKey.class)
                .refuses(404);
    }

    public Operation change() {
        return Operation.of("Change a key's name, scopes or rate, from the next request on", this::change)
                .takes(JettsonKeyChange.class)
                .answers(200, JettsonKey.class)
                .refuses(400, 404);
    }

    private Answer change(Call call) {
        return Answer.ok(JettsonKey.of(access.change(call.caller(), key(call), JettsonKeyChange.order(call.fields()))));
    }

    public Operation revoke() {
        return Operation.of("Revoke a key, from the next request on", this::revoke)
                .answersType(204, "")
                .refuses(404);
    }

    private Answer revoke(Call call) {
        access.revoke(call.caller(), key(call));
        return Answer.noContent();
    }

    private static CredentialId key(Call call) {
        String id = call.path("key_id");
        return Spelling.KEY
                .read(id)
                .map(CredentialId::new)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.KEY, id)));
    }
}
