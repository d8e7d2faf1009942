package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.Spelling;
import dev.drover.core.webhook.Deliveries;
import dev.drover.core.webhook.Delivery;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was sent to webhooks, and once more if wanted (contract, section 13.2). */
public final class JettsonDeliveries {
    private final Deliveries deliveries;

    public JettsonDeliveries(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    public Operation ofHook() {
        return paged(Operation.of("List the messages to a webhook, newest first", this::ofHook))
                .query("status", String.class, "pending, delivered or failed")
                .answers(200, JettsonDelivery.Listed.class)
                .refuses(400, 404);
    }

    private Answer ofHook(Call call) {
        return Answer.ok(JettsonDelivery.Listed.of(deliveries.ofHook(
                call.caller(), JettsonWebhooks.hook(call), status(call), call.limit(20, 100), cursor(call))));
    }

    public Operation ofAgent() {
        return paged(Operation.of("List the messages about an agent, newest first", this::ofAgent))
                .answers(200, JettsonDelivery.Listed.class)
                .refuses(400, 404);
    }

    private Answer ofAgent(Call call) {
        return Answer.ok(JettsonDelivery.Listed.of(
                deliveries.ofAgent(call.caller(), JettsonApi.agent(call), call.limit(20, 100), cursor(call))));
    }

    private static Operation paged(Operation operation) {
        return operation
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before");
    }

    public Operation again() {
        return Operation.of("Send a message once more", this::again)
                .answers(202, JettsonDelivery.class)
                .refuses(404);
    }

    private Answer again(Call call) {
        String id = call.path("delivery_id");
        DeliveryId delivery = Spelling.MESSAGE
                .read(id)
                .map(DeliveryId::new)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.DELIVERY, id)));
        return Answer.json(
                202, JettsonDelivery.of(deliveries.again(call.caller(), JettsonWebhooks.hook(call), delivery)));
    }

    private static Delivery.@Nullable Status status(Call call) {
        String word = call.query("status");
        return word == null
                ? null
                : Arrays.stream(Delivery.Status.values())
                        .filter(status -> JettsonAgent.word(status).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new Rejected(
                                new Rejection.QueryMisfit("status", "must be pending, delivered or failed")));
    }

    private static @Nullable DeliveryId cursor(Call call) {
        String cursor = call.query("cursor");
        return cursor == null
                ? null
                : Spelling.MESSAGE
                        .read(cursor)
                        .map(DeliveryId::new)
                        .orElseThrow(
                                () -> new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list")));
    }
}
