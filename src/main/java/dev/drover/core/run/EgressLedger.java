package dev.drover.core.run;

import dev.drover.core.egress.Destination;
import dev.drover.core.egress.EgressListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes every decision of the guard an entry of one run's log. A program that asks for the same again and again gets
 * one entry at once and then one every ten seconds with the number of times, so that it cannot flood the log.
 */
final class EgressLedger implements EgressListener, AutoCloseable {
    private static final Duration GATHERED = Duration.ofSeconds(10);
    private static final int MOST_REMEMBERED = 1_000;

    private final Consumer<Entry> out;
    private final Clock clock;
    private final Map<Judgement, Count> counts = new LinkedHashMap<>();
    private boolean closed;

    EgressLedger(Consumer<Entry> out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void allowed(Destination destination) {
        String host = destination.host();
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        note(new Judgement(shown + ":" + destination.port(), null));
    }

    @Override
    public void denied(String target, String reason) {
        note(new Judgement(target, reason));
    }

    private synchronized void note(Judgement judgement) {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        Count count = counts.get(judgement);
        if (count != null && now.isBefore(count.since.plus(GATHERED))) {
            count.times++;
            return;
        }
        if (counts.size() == MOST_REMEMBERED) {
            tellRest();
        }
        out.accept(judgement.entry(count == null ? 1 : count.times + 1));
        counts.put(judgement, new Count(now));
    }

    private void tellRest() {
        counts.forEach((judgement, count) -> {
            if (count.times > 0) {
                out.accept(judgement.entry(count.times));
            }
        });
        counts.clear();
    }

    /** Tells what was gathered; what is judged later belongs to no run any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            tellRest();
            closed = true;
        }
    }

    private record Judgement(String target, @Nullable String reason) {
        Entry entry(int times) {
            return new Entry.EgressJudged(target, reason, times);
        }
    }

    private static final class Count {
        private final Instant since;
        private int times;

        Count(Instant since) {
            this.since = since;
        }
    }
}
