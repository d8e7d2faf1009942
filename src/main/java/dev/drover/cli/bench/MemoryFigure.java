package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** How long it takes to remember something, and to find it among ten thousand things. */
final class MemoryFigure implements Figure {
    private static final String MEMORY = "/api/v1/memory";
    private static final int MEMORIES = 10_000;
    private static final int AT_ONCE = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final int WORDS = 24;
    private static final int QUERY_WORDS = 6;
    private static final List<String> COMMON =
            List.of("the", "user", "likes", "is", "in", "and", "of", "with", "always", "never");
    private static final List<String> TELLING = List.of("""
            tea coffee train office garden invoice server window letter river market doctor school engine paper bottle \
            summer winter morning evening blue green red yellow large small quick quiet deploy review travel repair \
            paint write answer budget meeting project customer supplier contract ticket password folder printer \
            camera bicycle hotel flight museum concert recipe medicine""".split(" ", -1));

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Outcome> measure(Site site) throws IOException, InterruptedException {
        Random random = new Random(7);
        try (Server server = site.server("process")) {
            Client client = server.client();
            double before = ProcessMemory.residentMebibytes(server.pid());
            List<String> values = fill(client, random);
            boolean whole = awaitVectors(client, values.getFirst());
            List<Double> puts = puts(client, random, site.choose(300, 100));
            for (int warm = 0; warm < site.choose(300, 100); warm++) {
                search(client, text(random, QUERY_WORDS));
            }
            List<Double> searches = new ArrayList<>();
            for (int i = 0; i < site.choose(500, 150); i++) {
                String value = values.get(random.nextInt(values.size()));
                long began = System.nanoTime();
                search(client, value.substring(0, Math.min(value.length(), 60)));
                searches.add((System.nanoTime() - began) / 1e6);
            }
            double after = ProcessMemory.residentMebibytes(server.pid());
            return List.of(
                    reading(
                            "memory put, p50",
                            Target.atMost(10, "ms"),
                            Spread.of(puts).at(0.5),
                            "a request that stores a new memory, vectors made behind it; p95 %.1f ms"
                                    .formatted(Spread.of(puts).at(0.95))),
                    reading(
                            "memory search, p95",
                            Target.atMost(30, "ms"),
                            Spread.of(searches).at(0.95),
                            "a hybrid search over 10,000 memories of one user%s, question embedded inside; p50 %.1f ms"
                                    .formatted(
                                            whole ? "" : " (not all had vectors yet)",
                                            Spread.of(searches).at(0.5))),
                    reading(
                            "memory of the JVM with all of them",
                            Target.none("MB"),
                            after * 1.048576,
                            "resident set, %.0f MB before the first memory".formatted(before * 1.048576)));
        }
    }

    private static List<String> fill(Client client, Random random) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        for (int from = 0; from < MEMORIES; from += AT_ONCE) {
            List<Map<String, Object>> items = new ArrayList<>();
            for (int i = from; i < from + AT_ONCE; i++) {
                values.add(text(random, WORDS));
                items.add(Map.of("key", "memory_" + i, "value", values.getLast(), "tags", List.of("t" + i % 7)));
            }
            client.post(MEMORY + "/import", Map.of("memories", items));
        }
        return values;
    }

    /** The oldest memory gets its vectors last. On a busy machine the figure is measured without waiting for all. */
    private static boolean awaitVectors(Client client, String oldest) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() - end < 0) {
            JsonNode found = client.post(MEMORY + "/search", Map.of("query", oldest, "mode", "semantic", "limit", 1));
            if (found.at("/results/0/value").asText().equals(oldest)) {
                return true;
            }
            Thread.sleep(1_000);
        }
        return false;
    }

    private static List<Double> puts(Client client, Random random, int count) throws IOException, InterruptedException {
        List<Double> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> body = Map.of("key", "put_" + i, "value", text(random, WORDS));
            long began = System.nanoTime();
            client.post(MEMORY, body);
            waits.add((System.nanoTime() - began) / 1e6);
        }
        return waits;
    }

    private static void search(Client client, String query) throws IOException, InterruptedException {
        JsonNode found = client.post(MEMORY + "/search", Map.of("query", query));
        if (!found.path("mode").asText().equals("hybrid")) {
            throw new IOException("the search was not hybrid: " + found.path("mode"));
        }
    }

    /** Every third word is one that most texts hold, and one in ten is a number that hardly any other holds. */
    private static String text(Random random, int words) {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            if (i % 10 == 4) {
                text.add(String.valueOf(random.nextInt(9_000)));
            } else {
                List<String> from = i % 3 == 0 ? COMMON : TELLING;
                text.add(from.get(random.nextInt(from.size())));
            }
        }
        return String.join(" ", text);
    }

    private Outcome reading(String title, Target target, double value, String meaning) {
        return new Outcome.Reading(name(), title, target, List.of(value), meaning);
    }
}
