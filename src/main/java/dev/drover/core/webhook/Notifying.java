package dev.drover.core.webhook;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunHooks;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.RunView;
import dev.drover.core.run.RunWebhook;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a message for each webhook that hears of a change of a run, in the transaction of the change. */
public final class Notifying implements RunHooks {
    private static final Logger log = LoggerFactory.getLogger(Notifying.class);

    private final WebhookStore hooks;
    private final DeliveryStore deliveries;
    private final HookHouse house;

    public Notifying(WebhookStore hooks, DeliveryStore deliveries, HookHouse house) {
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.house = house;
    }

    @Override
    public void check(RunWebhook wish) {
        new HookTarget(wish.url(), wish.events()).check(house.guard(), "webhook_url", "webhook_events");
    }

    @Override
    public void keep(RunId run, UserId owner, RunWebhook wish) {
        WebhookId id = new WebhookId(house.ids().next());
        Instant now = house.now();
        String given = wish.secret();
        HookSecret secret = given == null ? HookSecret.made() : HookSecret.given(given, "webhook_secret");
        Webhook hook = new Webhook(id, wish.url(), wish.events(), null, true, null, now, now);
        hooks.insert(hook, owner, run, house.vault().seal(secret.text(), Posting.context(id)));
        house.signs().news();
    }

    @Override
    public Optional<String> secretOf(RunId run) {
        return hooks.ofRun(run)
                .flatMap(id -> hooks.reach(id).map(reach -> house.vault().open(reach.secret(), Posting.context(id))));
    }

    @Override
    public void changed(Map<RunId, RunStatus> changes, Function<RunId, RunView> view) {
        if (!house.signs().mayBeAny()) {
            return;
        }
        boolean told = false;
        for (WebhookStore.Listening listening : hooks.listening(changes.keySet())) {
            HookEvent event = HookEvent.of(changes.getOrDefault(listening.run(), RunStatus.RUNNING));
            if (listening.hook().hears(event)) {
                told |= write(listening, event, view);
            }
        }
        if (told) {
            house.signs().tell();
        }
    }

    private boolean write(WebhookStore.Listening listening, HookEvent event, Function<RunId, RunView> view) {
        Instant now = house.now();
        RunView seen = view.apply(listening.run());
        Optional<String> body = body(event, now, seen);
        body.ifPresent(text -> deliveries.insert(
                new DeliveryStore.Message(
                        new DeliveryId(house.ids().next()),
                        listening.hook().id(),
                        new AgentId(listening.agent()),
                        event.word(),
                        text,
                        now),
                listening.owner(),
                listening.run(),
                listening.ofRun()));
        return body.isPresent();
    }

    /** What cannot be put into words costs a notice, not the run. */
    private Optional<String> body(HookEvent event, Instant now, RunView seen) {
        try {
            return Optional.of(house.writer().ofAgent(event, now, seen));
        } catch (RuntimeException e) {
            log.error(
                    "no notice of {} about agent {}", event.word(), seen.agent().id(), e);
            return Optional.empty();
        }
    }
}
