package dev.drover.core.webhook;

import static dev.drover.testing.Receiver.Answer.none;
import static dev.drover.testing.Receiver.Answer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.DeliveryId;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.WebhookId;
import dev.drover.testing.Receiver;
import dev.drover.testing.Receiver.Message;
import dev.drover.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CourierTest {
    private final Receiver receiver = new Receiver();
    private final Receiver other = new Receiver();
    private final TestingHooks hooks = new TestingHooks(receiver.address(), other.address());

    @AfterEach
    void close() {
        hooks.close();
        receiver.close();
        other.close();
    }

    @Test
    void signsWhatItSends() {
        Webhook.Made made = hooks.hook(receiver.url());
        DeliveryId id = hooks.webhooks.test(hooks.mira, made.webhook().id());

        Delivery delivery = hooks.sent(made.webhook().id(), id);

        assertThat(delivery.status()).isEqualTo(Delivery.Status.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(1);
        assertThat(delivery.httpStatus()).isEqualTo(200);
        assertThat(delivery.nextAttemptAt()).isNull();
        Message message = receiver.messages().getFirst();
        assertThat(message.id()).isEqualTo(Spelling.MESSAGE.of(id.value()));
        assertThat(message.timestamp()).isEqualTo(hooks.clock.instant().getEpochSecond());
        assertThat(message.isSignedWith(made.secret())).isTrue();
        assertThat(message.isSignedWith(HookSecret.made().text())).isFalse();
        assertThat(message.signatures()).doesNotContain(" ");
    }

    @Test
    void signsWithBothSecretsForADayAfterARotation() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        String first = hooks.webhooks.rotate(hooks.mira, hook).secret();
        String second = hooks.webhooks.rotate(hooks.mira, hook).secret();

        hooks.sent(hook, hooks.webhooks.test(hooks.mira, hook));
        hooks.clock.pass(Duration.ofHours(24));
        hooks.sent(hook, hooks.webhooks.test(hooks.mira, hook));

        Message soon = receiver.messages().getFirst();
        assertThat(soon.isSignedWith(first)).isTrue();
        assertThat(soon.isSignedWith(second)).isTrue();
        Message late = receiver.messages().getLast();
        assertThat(late.isSignedWith(first)).isFalse();
        assertThat(late.isSignedWith(second)).isTrue();
    }

    @Test
    void triesEightTimesAndGivesUp() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        receiver.answers(IntStream.range(0, 8).mapToObj(i -> status(500)).toArray(Receiver.Answer[]::new));
        DeliveryId id = hooks.webhooks.test(hooks.mira, hook);
        for (int attempt = 1; attempt < 8; attempt++) {
            Delivery failed = hooks.sent(hook, id);
            assertThat(failed.status()).isEqualTo(Delivery.Status.PENDING);
            assertThat(failed.attempts()).isEqualTo(attempt);
            assertThat(failed.error()).isEqualTo("answered 500");
            assertThat(hooks.courier.round()).isZero();
            hooks.clock.pass(untilNext(failed));
        }

        Delivery last = hooks.sent(hook, id);

        assertThat(last.status()).isEqualTo(Delivery.Status.FAILED);
        assertThat(last.attempts()).isEqualTo(8);
        assertThat(last.httpStatus()).isEqualTo(500);
        assertThat(receiver.messages().stream().map(Message::id).distinct()).hasSize(1);
        assertThat(receiver.messages().stream().map(Message::timestamp).distinct())
                .hasSize(8);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        receiver.answers(
                status(429, "Retry-After", "600"), status(503, "Retry-After", "Sun, 22 Nov 2026 08:00:00 GMT"));
        DeliveryId id = hooks.webhooks.test(hooks.mira, hook);

        assertThat(hooks.sent(hook, id).nextAttemptAt()).isEqualTo(Instant.parse("2026-11-22T06:10:00Z"));
        hooks.clock.pass(Duration.ofMinutes(10));
        assertThat(hooks.sent(hook, id).nextAttemptAt()).isEqualTo(Instant.parse("2026-11-22T08:00:00Z"));
    }

    @Test
    void followsNoRedirect() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        receiver.answers(status(307, "Location", other.url()), status(302, "Location", "http://10.0.0.1/"));
        DeliveryId id = hooks.webhooks.test(hooks.mira, hook);

        Delivery first = hooks.sent(hook, id);
        hooks.clock.pass(untilNext(first));
        hooks.sent(hook, id);

        assertThat(first.error()).isEqualTo("answered 307; redirects are not followed");
        assertThat(other.messages()).isEmpty();
        assertThat(receiver.messages()).hasSize(2);
    }

    @Test
    void judgesTheAddressAtEverySend() {
        String port = receiver.address().replaceFirst(".*:", "");
        hooks.names.answering("hook.example", "93.184.215.14").answering("hook.example", "10.0.0.7");
        WebhookId hook =
                hooks.hook("http://hook.example:" + port + "/").webhook().id();

        Delivery delivery = hooks.sent(hook, hooks.webhooks.test(hooks.mira, hook));

        assertThat(delivery.error()).contains("private/internal");
        assertThat(delivery.httpStatus()).isNull();
        assertThat(receiver.messages()).isEmpty();
    }

    @Test
    void disablesAHookThatIsGone() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        DeliveryId waiting = hooks.webhooks.test(hooks.mira, hook);
        receiver.answers(status(503), status(410));
        hooks.sent(hook, waiting);

        DeliveryId gone = hooks.webhooks.test(hooks.mira, hook);
        Delivery delivery = hooks.sent(hook, gone);

        assertThat(delivery.status()).isEqualTo(Delivery.Status.FAILED);
        assertThat(hooks.webhooks.webhook(hooks.mira, hook).enabled()).isFalse();
        assertThat(hooks.webhooks.webhook(hooks.mira, hook).disabledReason()).isEqualTo("gone");
        assertThat(hooks.delivery(hook, waiting).status()).isEqualTo(Delivery.Status.FAILED);
        Webhook enabled = hooks.webhooks.change(hooks.mira, hook, new HookWish(null, null, null, true));
        assertThat(enabled.disabledReason()).isNull();
    }

    @Test
    void disablesAHookThatFailedForFiveDays() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        for (int day = 0; day <= 5; day++) {
            assertThat(hooks.webhooks.webhook(hooks.mira, hook).enabled())
                    .as("day " + day)
                    .isTrue();
            receiver.answers(status(500));
            hooks.sent(hook, hooks.webhooks.test(hooks.mira, hook));
            hooks.testing.database().jdbi().useHandle(handle -> handle.execute("delete from webhook_delivery"));
            hooks.clock.pass(Duration.ofHours(24));
        }
        assertThat(hooks.webhooks.webhook(hooks.mira, hook).disabledReason()).isEqualTo("failing");
    }

    @Test
    void forgivesAHookThatTookOneMessage() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        for (int day = 0; day <= 8; day++) {
            receiver.answers(status(day == 4 ? 204 : 500));
            hooks.sent(hook, hooks.webhooks.test(hooks.mira, hook));
            hooks.testing.database().jdbi().useHandle(handle -> handle.execute("delete from webhook_delivery"));
            hooks.clock.pass(Duration.ofHours(24));
        }
        assertThat(hooks.webhooks.webhook(hooks.mira, hook).enabled()).isTrue();
    }

    @Test
    void letsOneThatHangsBlockNoOther() {
        WebhookId hanging = hooks.hook(receiver.url()).webhook().id();
        WebhookId quick = hooks.hook(other.url()).webhook().id();
        receiver.answers(IntStream.range(0, 20).mapToObj(i -> none()).toArray(Receiver.Answer[]::new));
        for (int i = 0; i < 12; i++) {
            hooks.webhooks.test(hooks.mira, hanging);
        }
        DeliveryId id = hooks.webhooks.test(hooks.mira, quick);
        for (int round = 0; round < 8; round++) {
            hooks.courier.round();
        }

        Waiting.until(() -> hooks.delivery(quick, id).status() == Delivery.Status.DELIVERED);
        Waiting.until(() -> receiver.messages().size() == 4);
        assertThat(hooks.courier.round()).isZero();
        // Nobody holds a connection to the database while a receiver keeps us waiting.
        assertThat(hooks.webhooks.list(hooks.mira, 10, null).items()).hasSize(2);
    }

    @Test
    void sendsOnceHoweverManyServersThereAre() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        List<DeliveryId> ids = IntStream.range(0, 40)
                .mapToObj(i -> hooks.webhooks.test(hooks.mira, hook))
                .toList();
        try (Courier second = hooks.courier();
                Courier third = hooks.courier()) {
            second.start();
            third.start();
            Waiting.until(() ->
                    ids.stream().allMatch(id -> hooks.delivery(hook, id).status() == Delivery.Status.DELIVERED));
        }
        assertThat(receiver.messages()).hasSize(40);
        assertThat(receiver.messages().stream().map(Message::id).distinct()).hasSize(40);
    }

    @Test
    void sendsAgainWhatALostServerHeld() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        DeliveryId id = hooks.webhooks.test(hooks.mira, hook);
        hooks.testing
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update webhook_delivery set attempts = 1, held_until = ?",
                        hooks.clock.instant().plusSeconds(30)));

        assertThat(hooks.courier.round()).isZero();
        hooks.clock.pass(Duration.ofSeconds(30));

        assertThat(hooks.sent(hook, id).attempts()).isEqualTo(2);
        assertThat(receiver.messages()).hasSize(1);
    }

    @Test
    void doesNotWaitForWhoeverDisablesAHookWhileThatOneWaitsForIt() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        receiver.answers(status(500));
        DeliveryId id = hooks.webhooks.test(hooks.mira, hook);
        Delivery failed = hooks.sent(hook, id);
        hooks.clock.pass(untilNext(failed));

        hooks.testing.database().run(() -> {
            hooks.webhooks.change(hooks.mira, hook, new HookWish(null, null, "mine", null));
            hooks.courier.start();
            Waiting.until(hooks::isAnyoneWaitingForALock);
            hooks.webhooks.change(hooks.mira, hook, new HookWish(null, null, null, false));
        });

        Waiting.until(() -> hooks.delivery(hook, id).status() == Delivery.Status.DELIVERED);
        assertThat(hooks.webhooks.webhook(hooks.mira, hook).enabled()).isFalse();
    }

    @Test
    void sendsNothingMoreToAHookThatIsDeleted() {
        WebhookId hook = hooks.hook(receiver.url()).webhook().id();
        DeliveryId id = hooks.webhooks.test(hooks.mira, hook);

        hooks.webhooks.delete(hooks.mira, hook);

        assertThat(hooks.courier.round()).isZero();
        assertThat(hooks.delivery(hook, id).status()).isEqualTo(Delivery.Status.FAILED);
        assertThat(hooks.delivery(hook, id).error()).isEqualTo("the webhook was deleted");
    }

    private Duration untilNext(Delivery delivery) {
        Instant next = delivery.nextAttemptAt();
        assertThat(next).isNotNull();
        return Duration.between(hooks.clock.instant(), next);
    }
}
