package dev.drover.testing;

import dev.drover.core.id.RunId;
import dev.drover.core.run.Replay;
import dev.drover.core.run.Replays;
import dev.drover.core.run.RunStores;
import dev.drover.provider.database.PostgresDatabase;
import dev.drover.provider.json.JacksonEventCodec;
import dev.drover.provider.json.JacksonOptionsCodec;
import dev.drover.provider.json.NetworkntSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Executes every run that a test class has seen the end of once more, from its log. */
final class TestingReplays {
    private static final AtomicInteger REPLAYED = new AtomicInteger();
    private static final Map<String, Integer> LEFT_OUT = new ConcurrentSkipListMap<>();

    private TestingReplays() {}

    /**
     * Fails when one of them comes to something else than what is stored.
     *
     * @param madeUp runs whose logs no loop has written
     */
    static void check(PostgresDatabase database, Set<UUID> madeUp) {
        var jdbi = database.jdbi();
        Replays replays = new Replays(
                RunStores.in(jdbi, new JacksonEventCodec(), new JacksonOptionsCodec()), new NetworkntSchemas());
        List<String> differences = new ArrayList<>();
        List<RunId> ended = jdbi.withHandle(
                handle -> handle.createQuery("select id from run where ended_at is not null order by id")
                        .mapTo(UUID.class)
                        .map(RunId::new)
                        .list());
        for (RunId run : ended) {
            Replay replay = replays.of(run);
            String why = madeUp.contains(run.value()) ? "its log was made up by a test" : replay.why();
            if (why != null) {
                leaveOut(why);
            } else if (replay.isSame()) {
                REPLAYED.incrementAndGet();
            } else {
                differences.add("run " + run + ": " + replay.difference());
            }
        }
        if (!differences.isEmpty()) {
            throw new AssertionError("%d of %d runs come to something else when they are replayed:%n%s"
                    .formatted(differences.size(), ended.size(), String.join("\n", differences)));
        }
    }

    static void leaveOut(String why) {
        LEFT_OUT.merge(why, 1, Integer::sum);
    }

    static void tell() {
        System.err.println("Replayed " + REPLAYED + " runs to the same hash; left out: " + LEFT_OUT);
    }
}
