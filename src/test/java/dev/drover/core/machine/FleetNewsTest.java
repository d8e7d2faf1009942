package dev.drover.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import dev.drover.provider.database.Notifications;
import dev.drover.provider.json.JacksonDocuments;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to agents on one server, as it is heard on another. */
final class FleetNewsTest {
    private static final AgentId AGENT = new AgentId(UUID.fromString("0190a000-0000-7000-8000-000000000001"));
    private static final FleetEvent.Audience HAD =
            new FleetEvent.Audience(new UserId(UUID.randomUUID()), Set.of("a@example.org", "b@example.org"));
    private static final FleetEvent WORK = new FleetEvent.Activity(
            AGENT, "scout", "e1", "chat_start", "failed", "Look \"there\"", Instant.parse("2026-01-02T03:04:05Z"), "x");

    private final TestingDatabase database = TestingDatabase.create();
    private final Server here = new Server();
    private final Server there = new Server();

    private final class Server {
        final Notifications notifications = new Notifications(database.address(), database.database());
        final FleetEvents events = new FleetEvents();
        final FleetNews news = new FleetNews(notifications, events, new JacksonDocuments(), UUID.randomUUID());
        final List<FleetEvent> heard = new CopyOnWriteArrayList<>();
        volatile boolean watches;

        Server() {
            events.listen(heard::add, () -> watches);
            notifications.start();
        }

        void close() {
            news.close();
            notifications.close();
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        database.close();
    }

    /** Listening begins in its own time. */
    private void awaitListening() {
        Waiting.until(() -> {
            here.events.publish(new FleetEvent.Created(AGENT, "first"));
            there.events.publish(new FleetEvent.Created(AGENT, "first"));
            return there.heard.size() > 2 && here.heard.size() > 2;
        });
        here.events.publish(new FleetEvent.Created(AGENT, "last of here"));
        there.events.publish(new FleetEvent.Created(AGENT, "last of there"));
        Waiting.until(() -> here.heard.contains(new FleetEvent.Created(AGENT, "last of there"))
                && there.heard.contains(new FleetEvent.Created(AGENT, "last of here")));
        here.heard.clear();
        there.heard.clear();
    }

    @Test
    void everyEventIsHeardOnceOnEachServerAsItWas() {
        awaitListening();
        List<FleetEvent> all = List.of(
                new FleetEvent.Created(AGENT, "scout"),
                new FleetEvent.Started(AGENT, "scout", "success"),
                new FleetEvent.Stopped(AGENT, "scout", null),
                new FleetEvent.Stopped(AGENT, "scout", "exited"),
                new FleetEvent.Renamed(AGENT, "scout", "ranger"),
                new FleetEvent.Shared(AGENT, "ranger", "a@example.org"),
                new FleetEvent.Unshared(AGENT, "ranger", "a@example.org", HAD),
                new FleetEvent.Deleted(AGENT, "ranger", HAD));
        all.forEach(here.events::publish);

        Waiting.until(() -> there.heard.size() >= all.size());
        assertThat(there.heard).isEqualTo(all);
        assertThat(here.heard).isEqualTo(all);
    }

    @Test
    void whatRunsDoIsToldWhileSomebodyWatchesThere() {
        awaitListening();
        assertThat(here.events.isWatched()).isFalse();
        here.events.publish(WORK);
        there.watches = true;
        there.events.watched();
        Waiting.until(here.events::isWatched);
        FleetEvent after = new FleetEvent.Created(AGENT, "after");
        here.events.publish(WORK);
        here.events.publish(after);

        Waiting.until(() -> there.heard.contains(after));
        assertThat(there.heard).containsExactly(WORK, after);
    }

    @Test
    void anAudienceThatFillsNoNoticeIsToldInPart() {
        awaitListening();
        Set<String> many = IntStream.range(0, 1_000)
                .mapToObj(number -> "somebody." + number + "@example.org")
                .collect(Collectors.toSet());
        here.events.publish(new FleetEvent.Deleted(AGENT, "scout", new FleetEvent.Audience(HAD.owner(), many)));

        Waiting.until(() -> !there.heard.isEmpty());
        FleetEvent.Deleted deleted = (FleetEvent.Deleted) there.heard.getFirst();
        assertThat(deleted.audience().owner()).isEqualTo(HAD.owner());
        assertThat(many).containsAll(deleted.audience().emails());
        assertThat(deleted.audience().emails()).hasSizeGreaterThan(100);
    }
}
