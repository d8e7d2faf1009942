package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.WebhookId;
import dev.drover.core.webhook.Webhooks;
import org.jspecify.annotations.Nullable;

/** Webhooks by API (contract, section 13.2). */
public final class JettsonWebhooks {
    private final Webhooks webhooks;

    public JettsonWebhooks(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    public Operation create() {
        return Operation.of("Make a webhook; its secret is shown this once", this::create)
                .takes(JettsonHookWish.class)
                .answers(201, JettsonWebhook.class)
                .refuses(400, 409, 413);
    }

    private Answer create(Call call) {
        return Answer.json(
                201, JettsonWebhook.of(webhooks.create(call.caller(), JettsonHookWish.order(call.fields()))));
    }

    public Operation list() {
        return Operation.of("List webhooks, newest first", this::list)
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, JettsonWebhook.Listed.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        return Answer.ok(JettsonWebhook.Listed.of(webhooks.list(call.caller(), call.limit(20, 100), cursor(call))));
    }

    private static @Nullable WebhookId cursor(Call call) {
        String cursor = call.query("cursor");
        return cursor == null
                ? null
                : Spelling.WEBHOOK
                        .read(cursor)
                        .map(WebhookId::new)
                        .orElseThrow(
                                () -> new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list")));
    }

    public Operation get() {
        return Operation.of(
                        "Get one webhook",
                        call -> Answer.ok(JettsonWebhook.of(webhooks.webhook(call.caller(), hook(call)))))
                .answers(200, JettsonWebhook.class)
                .refuses(404);
    }

    public Operation change() {
        return Operation.of("Change a webhook; to enable it forgets why it was disabled", this::change)
                .takes(JettsonHookWish.class)
                .answers(200, JettsonWebhook.class)
                .refuses(400, 404, 413);
    }

    private Answer change(Call call) {
        return Answer.ok(
                JettsonWebhook.of(webhooks.change(call.caller(), hook(call), JettsonHookWish.order(call.fields()))));
    }

    public Operation delete() {
        return Operation.of("Delete a webhook; what waits for it is not sent", this::delete)
                .answersType(204, "")
                .refuses(404);
    }

    private Answer delete(Call call) {
        webhooks.delete(call.caller(), hook(call));
        return Answer.noContent();
    }

    public Operation rotate() {
        return Operation.of(
                        "Make a new secret; the old one signs too for 24 hours",
                        call -> Answer.ok(JettsonWebhook.Rotated.of(webhooks.rotate(call.caller(), hook(call)))))
                .answers(200, JettsonWebhook.Rotated.class)
                .refuses(404);
    }

    public Operation test() {
        return Operation.of(
                        "Send a message of the type webhook.test",
                        call -> Answer.json(202, JettsonWebhook.Tested.of(webhooks.test(call.caller(), hook(call)))))
                .answers(202, JettsonWebhook.Tested.class)
                .refuses(404);
    }

    static WebhookId hook(Call call) {
        String id = call.path("webhook_id");
        return Spelling.WEBHOOK
                .read(id)
                .map(WebhookId::new)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.WEBHOOK, id)));
    }
}
