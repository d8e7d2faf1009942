package dev.drover.core.webhook;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.UserId;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The webhooks of accounts. */
public final class Webhooks {
    static final String DELETED = "the webhook was deleted";

    private static final int MOST = 20;
    private static final Duration OLD_SECRET_SIGNS = Duration.ofHours(24);

    private final WebhookStore hooks;
    private final DeliveryStore deliveries;
    private final HookHouse house;

    public Webhooks(WebhookStore hooks, DeliveryStore deliveries, HookHouse house) {
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.house = house;
    }

    /** Makes a webhook; its secret is in the answer and nowhere else. */
    public Webhook.Made create(Caller caller, HookWish wish) {
        String url = wish.url();
        if (url == null) {
            throw HookTarget.refused("url", "is missing; it says where to send");
        }
        HookTarget target = new HookTarget(url, wish.events() == null ? HookTarget.ALL : wish.events());
        target.check(house.guard(), "url", "events");
        WebhookId id = new WebhookId(house.ids().next());
        Instant now = house.now();
        boolean enabled = wish.enabled() == null || wish.enabled();
        Webhook hook = new Webhook(id, url, target.events(), wish.description(), enabled, null, now, now);
        HookSecret secret = HookSecret.made();
        var sealed = house.vault().seal(secret.text(), Posting.context(id));
        UserId owner = caller.user().id();
        house.transactions().run(() -> {
            hooks.lock(owner);
            if (hooks.count(owner) >= MOST) {
                throw new Refused(new Problem.LimitReached("webhooks", MOST));
            }
            hooks.insert(hook, owner, null, RunWebhook.Form.NOTICES, sealed);
            house.audit().record(caller.actor(), "webhook.create", id.toString(), url);
            house.signs().tell();
        });
        house.signs().news();
        return new Webhook.Made(hook, secret.text());
    }

    public Webhook webhook(Caller caller, WebhookId id) {
        return hooks.find(caller.user().id(), id)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.WEBHOOK, id.toString())));
    }

    /** Newest first, after the one given; refused as invalid {@code cursor} when that is not the caller's. */
    public Page<Webhook> list(Caller caller, int limit, @Nullable WebhookId after) {
        UserId owner = caller.user().id();
        if (after != null && hooks.find(owner, after).isEmpty()) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        List<Webhook> found = hooks.list(owner, limit + 1, after);
        List<Webhook> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    /** Changes what is given. Who enables a webhook forgives it; what waits for one that is disabled is given up. */
    public Webhook change(Caller caller, WebhookId id, HookWish wish) {
        Webhook before = webhook(caller, id);
        HookTarget target = new HookTarget(
                wish.url() == null ? before.url() : wish.url(),
                wish.events() == null ? before.events() : wish.events());
        if (wish.url() != null || wish.events() != null) {
            target.check(house.guard(), "url", "events");
        }
        boolean enabled = wish.enabled() == null ? before.enabled() : wish.enabled();
        Webhook changed = new Webhook(
                id,
                target.url(),
                target.events(),
                wish.description() == null ? before.description() : wish.description(),
                enabled,
                enabled ? null : before.disabledReason(),
                before.createdAt(),
                house.now());
        house.transactions().run(() -> {
            hooks.change(changed);
            if (!enabled) {
                deliveries.giveUp(id, "the webhook was disabled");
            }
            house.audit().record(caller.actor(), "webhook.change", id.toString(), changed.url());
        });
        return changed;
    }

    public void delete(Caller caller, WebhookId id) {
        house.transactions().run(() -> {
            if (!hooks.delete(caller.user().id(), id)) {
                throw new Refused(new Problem.NotFound(Problem.Thing.WEBHOOK, id.toString()));
            }
            deliveries.giveUp(id, DELETED);
            house.audit().record(caller.actor(), "webhook.delete", id.toString(), "");
        });
    }

    /** A new secret; the old one signs beside it for a day. */
    public Webhook.Made rotate(Caller caller, WebhookId id) {
        Webhook hook = webhook(caller, id);
        HookSecret secret = HookSecret.made();
        Instant now = house.now();
        var sealed = house.vault().seal(secret.text(), Posting.context(id));
        house.transactions().run(() -> {
            hooks.rotate(id, sealed, now.plus(OLD_SECRET_SIGNS), now);
            house.audit().record(caller.actor(), "webhook.rotate", id.toString(), "");
        });
        return new Webhook.Made(hook, secret.text());
    }

    /** Sends a message that only tells that messages arrive. */
    public DeliveryId test(Caller caller, WebhookId id) {
        webhook(caller, id);
        DeliveryId delivery = new DeliveryId(house.ids().next());
        Instant now = house.now();
        String body = house.writer().ofTest(now, id);
        house.transactions().run(() -> {
            deliveries.insert(
                    new DeliveryStore.Message(delivery, id, null, HookEvent.TEST.word(), body, now),
                    caller.user().id(),
                    null,
                    false);
            house.signs().tell();
        });
        return delivery;
    }
}
