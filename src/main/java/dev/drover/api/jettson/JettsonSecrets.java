package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.credential.Secrets;

/** Secrets by API (contract, section 13.5). */
public final class JettsonSecrets {
    private final Secrets secrets;

    public JettsonSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    public Operation put() {
        return Operation.of("Keep a secret, new or in place of an old one", this::put)
                .takes(JettsonSecretWish.class)
                .answers(201, JettsonSecret.class)
                .answers(200, JettsonSecret.class)
                .refuses(400, 409, 413);
    }

    private Answer put(Call call) {
        Secrets.Kept kept = secrets.put(call.caller(), JettsonSecretWish.order(call.path("name"), call.fields()));
        return Answer.json(kept.isNew() ? 201 : 200, JettsonSecret.of(kept.secret()));
    }

    public Operation list() {
        return Operation.of("List secrets by name; never their values", this::list)
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, JettsonSecret.Listed.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        return Answer.ok(
                JettsonSecret.Listed.of(secrets.list(call.caller(), call.limit(20, 100), call.query("cursor"))));
    }

    public Operation get() {
        return Operation.of("Get one secret; never its value", this::get)
                .answers(200, JettsonSecret.class)
                .refuses(404);
    }

    private Answer get(Call call) {
        return Answer.ok(JettsonSecret.of(secrets.secret(call.caller(), call.path("name"))));
    }

    public Operation delete() {
        return Operation.of("Delete a secret", this::delete)
                .answersType(204, "")
                .refuses(404);
    }

    private Answer delete(Call call) {
        secrets.delete(call.caller(), call.path("name"));
        return Answer.noContent();
    }
}
