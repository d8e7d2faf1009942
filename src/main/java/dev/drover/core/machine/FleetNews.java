package dev.drover.core.machine;

import dev.drover.core.Documents;
import dev.drover.core.Notices;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other servers what happens to agents here, in order, and those who watch here what happens there. What runs
 * do is told only while somebody watches somewhere, which servers tell each other now and then.
 */
public final class FleetNews implements FleetEvents.Elsewhere, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FleetNews.class);
    private static final String CHANNEL = "drover_fleet";
    private static final String WATCHED = "watched ";
    private static final Duration SAID_EVERY = Duration.ofSeconds(10);
    private static final Duration LASTS = Duration.ofSeconds(25);

    private final Notices notices;
    private final FleetEvents events;
    private final FleetWords words;
    private final UUID here;
    /** Nothing in it only wakes the teller. */
    private final LinkedBlockingQueue<Optional<FleetEvent>> waiting = new LinkedBlockingQueue<>();

    private volatile long watchedUntil = System.nanoTime();
    private final Thread teller;

    /**
     * Before notices begin.
     *
     * @param here this server among those that share the database
     */
    public FleetNews(Notices notices, FleetEvents events, Documents documents, UUID here) {
        this.notices = notices;
        this.events = events;
        this.words = new FleetWords(documents);
        this.here = here;
        notices.hear(CHANNEL, new Ear());
        events.with(this);
        this.teller = Thread.ofVirtual().name("fleet-news").start(this::tell);
    }

    @Override
    public void tell(FleetEvent event) {
        waiting.add(Optional.of(event));
    }

    @Override
    public boolean isWatched() {
        return System.nanoTime() - watchedUntil < 0;
    }

    /** Somebody begins to watch here. */
    @Override
    public void watched() {
        waiting.add(Optional.empty());
    }

    private void tell() {
        try {
            while (true) {
                Optional<FleetEvent> event = waiting.poll(SAID_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                try {
                    say(event == null ? Optional.empty() : event);
                } catch (RuntimeException e) {
                    log.warn("other servers were not told: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            // Closed: nothing is told any more.
        }
    }

    private void say(Optional<FleetEvent> event) {
        if (event.isPresent()) {
            notices.say(CHANNEL, words.write(here, event.get()));
        } else if (events.isWatchedHere()) {
            notices.say(CHANNEL, WATCHED + here);
        }
    }

    @Override
    public void close() {
        teller.interrupt();
    }

    private final class Ear implements Notices.Hearer {
        @Override
        public void heard(String text) {
            if (text.startsWith(WATCHED)) {
                if (!text.endsWith(here.toString())) {
                    watchedUntil = System.nanoTime() + LASTS.toNanos();
                }
                return;
            }
            FleetEvent event = words.read(here, text);
            if (event != null) {
                events.deliver(event);
            }
        }

        @Override
        public void mayHaveMissed() {
            // Whoever watches sees how things are when they look next.
        }
    }
}
