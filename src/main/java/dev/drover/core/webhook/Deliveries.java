package dev.drover.core.webhook;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was sent to webhooks, and what is to be sent. */
public final class Deliveries {
    private static final Duration KEPT = Duration.ofDays(30);

    private final DeliveryStore deliveries;
    private final WebhookStore hooks;
    private final Webhooks webhooks;
    private final Runs runs;
    private final HookHouse house;

    public Deliveries(DeliveryStore deliveries, WebhookStore hooks, Webhooks webhooks, Runs runs, HookHouse house) {
        this.deliveries = deliveries;
        this.hooks = hooks;
        this.webhooks = webhooks;
        this.runs = runs;
        this.house = house;
    }

    /** To one webhook, newest first; refused as invalid {@code cursor} when it is of another list. */
    public Page<Delivery> ofHook(
            Caller caller, WebhookId id, Delivery.@Nullable Status status, int limit, @Nullable DeliveryId after) {
        webhooks.webhook(caller, id);
        refuseForeign(after, id.value());
        return page(deliveries.ofHook(id, status, limit + 1, after), limit);
    }

    /** About one agent, to whatever webhook. */
    public Page<Delivery> ofAgent(Caller caller, AgentId agent, int limit, @Nullable DeliveryId after) {
        runs.get(caller, agent);
        refuseForeign(after, agent.value());
        return page(deliveries.ofAgent(agent, limit + 1, after), limit);
    }

    private void refuseForeign(@Nullable DeliveryId after, UUID list) {
        if (after != null && !deliveries.has(after, list)) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
    }

    private static Page<Delivery> page(List<Delivery> found, int limit) {
        List<Delivery> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    /** Sends a message once more, whatever became of it, with all its attempts before it again. */
    public Delivery again(Caller caller, WebhookId hook, DeliveryId id) {
        webhooks.webhook(caller, hook);
        Delivery delivery = deliveries
                .again(hook, id, house.now())
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.DELIVERY, id.toString())));
        house.signs().news();
        return delivery;
    }

    /** Forgets the hooks of runs that ended long ago. */
    public void forgetOld() {
        hooks.forgetOfRuns(house.now().minus(KEPT));
    }
}
