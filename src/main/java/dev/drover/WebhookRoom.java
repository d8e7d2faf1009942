package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.jettson.JettsonDeliveries;
import dev.drover.api.jettson.JettsonNotices;
import dev.drover.api.jettson.JettsonWebhooks;
import dev.drover.api.make.MakeCallbacks;
import dev.drover.core.conversation.ThreadStore;
import dev.drover.core.conversation.ToldTalks;
import dev.drover.core.credential.Vault;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.run.RunHooks;
import dev.drover.core.run.RunStores;
import dev.drover.core.run.Runs;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.webhook.Courier;
import dev.drover.core.webhook.Deliveries;
import dev.drover.core.webhook.DeliveryStore;
import dev.drover.core.webhook.HookHouse;
import dev.drover.core.webhook.HookSigns;
import dev.drover.core.webhook.Notifying;
import dev.drover.core.webhook.Posting;
import dev.drover.core.webhook.WebhookStore;
import dev.drover.core.webhook.Webhooks;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.secret.HmacSigner;
import java.time.Duration;
import java.util.List;

/** Webhooks: what runs tell to them, how they are managed, who sends. */
final class WebhookRoom {
    private final WebhookStore hooks;
    private final DeliveryStore messages;
    private final HookHouse house;

    private WebhookRoom(WebhookStore hooks, DeliveryStore messages, HookHouse house) {
        this.hooks = hooks;
        this.messages = messages;
        this.house = house;
    }

    static WebhookRoom open(Ground ground, Vault vault, EgressGuard guard, RunStores runs, Book book) {
        HookSigns signs = new HookSigns(ground.notifications());
        signs.listen();
        var jdbi = ground.database().jdbi();
        return new WebhookRoom(
                new WebhookStore(jdbi),
                new DeliveryStore(jdbi),
                new HookHouse(
                        vault,
                        guard,
                        new JettsonNotices(ToolStyle.JETTSON),
                        new MakeCallbacks(new ToldTalks(new ThreadStore(jdbi), runs)),
                        signs,
                        ground.database(),
                        book.audit(),
                        book.ids(),
                        book.clock()));
    }

    RunHooks listener() {
        return new Notifying(hooks, messages, house);
    }

    /** Begins to send, and to forget what is old. */
    List<Route> start(Ground ground, Runs runs, Closing closing) {
        Posting posting = new Posting(new PinnedWebClient(), house.guard(), new HmacSigner(), house.vault());
        Courier courier = closing.with(new Courier(hooks, messages, posting, house));
        courier.start();
        Webhooks webhooks = new Webhooks(hooks, messages, house);
        Deliveries deliveries = new Deliveries(messages, hooks, webhooks, runs, house);
        ground.clockwork().every("old-deliveries", Duration.ofHours(1), deliveries::forgetOld);
        return Routes.jettsonWebhooks(new JettsonWebhooks(webhooks), new JettsonDeliveries(deliveries));
    }
}
