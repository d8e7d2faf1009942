package dev.drover.core.webhook;

import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.credential.Vault;
import dev.drover.core.credential.VaultStore;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.TestingNames;
import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunView;
import dev.drover.provider.database.Notifications;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.secret.AesSealing;
import dev.drover.provider.secret.HmacSigner;
import dev.drover.provider.secret.RootKey;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The webhook room by a clock that only the test moves; rounds of the courier are made by hand. */
final class TestingHooks implements AutoCloseable {
    final TestingDatabase testing = TestingDatabase.create();
    final TestingClock clock = new TestingClock("2026-11-22T06:00:00Z");
    final TestingNames names = new TestingNames();
    final Webhooks webhooks;
    final Courier courier;
    final Caller mira;

    private final Path folder = TestingFolders.create();
    private final WebhookStore hooks;
    private final DeliveryStore messages;
    private final HookHouse house;

    /** @param allow what the guard lets through, as {@code 127.0.0.1:port} */
    TestingHooks(String... allow) {
        var database = testing.database();
        Ids ids = new Ids(clock);
        hooks = new WebhookStore(database.jdbi());
        messages = new DeliveryStore(database.jdbi());
        house = new HookHouse(
                new Vault(new AesSealing(RootKey.choose(null, folder)), new VaultStore(database.jdbi()), clock),
                new EgressGuard(names, List.of(allow), List.of()),
                new PlainWords(),
                run -> "{\"response\":\"" + run + "\"}",
                new HookSigns(new Notifications(testing.address(), database)),
                database,
                new Audit(new AuditStore(database.jdbi()), ids, clock),
                ids,
                clock);
        webhooks = new Webhooks(hooks, messages, house);
        courier = courier();
        User user = new User(new UserId(ids.next()), "mira", Role.USER, 1);
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, 'mira', 'user', now())",
                        user.id().value()));
        mira = new Caller(user, CredentialKind.USER_TOKEN, null, null, EnumSet.allOf(Scope.class));
    }

    /** Another one, as on another server. */
    Courier courier() {
        Posting posting = new Posting(new PinnedWebClient(), house.guard(), new HmacSigner(), house.vault());
        return new Courier(hooks, messages, posting, house);
    }

    Webhook.Made hook(String url) {
        return webhooks.create(mira, new HookWish(url, null, null, null));
    }

    /** What the courier makes of all that is due now. */
    Delivery sent(WebhookId hook, DeliveryId id) {
        int before = delivery(hook, id).attempts();
        courier.round();
        return Waiting.until(
                Duration.ofMinutes(1),
                () -> isHeld(id)
                        ? Optional.empty()
                        : Optional.of(delivery(hook, id)).filter(delivery -> delivery.attempts() > before));
    }

    Delivery delivery(WebhookId hook, DeliveryId id) {
        return messages.ofHook(hook, null, 100, null).stream()
                .filter(delivery -> delivery.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    boolean isAnyoneWaitingForALock() {
        return testing.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                select exists (select 1 from pg_stat_activity
                                    where datname = current_database() and wait_event_type = 'Lock')
                                """).mapTo(Boolean.class).one());
    }

    private boolean isHeld(DeliveryId id) {
        return testing.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select held_until is not null from webhook_delivery where id = :id")
                        .bind("id", id.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public void close() {
        courier.close();
        testing.close();
        TestingFolders.delete(folder);
    }

    private static final class PlainWords implements NoticeWriter {
        @Override
        public String ofAgent(HookEvent event, Instant at, RunView view) {
            return "{\"type\":\"" + event.word() + "\"}";
        }

        @Override
        public String ofTest(Instant at, WebhookId webhook) {
            return "{\"type\":\"webhook.test\",\"ä\":\"ö\"}";
        }
    }
}
