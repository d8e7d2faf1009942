package dev.drover.core.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/** Makes the two lists of a hybrid search, and puts them together (Jettson contract, section 10.3). */
public final class Ranking {
    /** What is less alike than this has nothing to do with the query. */
    public static final double LEAST_ALIKE = 0.15;

    /** So deep is each list that a fusion looks at. */
    private static final int DEPTH = 200;

    private static final double K = 60;
    private static final double MOST = 2 / (K + 1);
    private static final double LEAST_IMPORTANT = 0.9;
    private static final double SPAN = 0.2;
    private static final double RECENCY = 0.02;
    private static final double DAYS = 30;

    private Ranking() {}

    /** Those of some numbered things that have more points than the floor, best first, and as many as count. */
    public static List<Placed> best(int things, IntToDoubleFunction points, double floor) {
        PriorityQueue<Placed> best = new PriorityQueue<>(Comparator.comparingDouble(Placed::points));
        for (int place = 0; place < things; place++) {
            double own = points.applyAsDouble(place);
            Placed worst = best.peek();
            if (own > floor && (best.size() < DEPTH || (worst != null && own > worst.points()))) {
                best.add(new Placed(place, own));
                if (best.size() > DEPTH) {
                    best.poll();
                }
            }
        }
        return best.stream()
                .sorted(Comparator.comparingDouble(Placed::points).reversed().thenComparingInt(Placed::place))
                .toList();
    }

    /** Reciprocal rank fusion: what is first in both lists has 1. */
    public static <T> Map<T, Double> fused(List<T> byWords, List<T> byMeaning) {
        Map<T, Double> points = new HashMap<>();
        for (List<T> list : List.of(byWords, byMeaning)) {
            for (int rank = 1; rank <= list.size(); rank++) {
                points.merge(list.get(rank - 1), 1 / (K + rank) / MOST, Double::sum);
            }
        }
        return points;
    }

    static List<PoolIndex.Scored> fused(List<PoolIndex.Scored> byWords, List<PoolIndex.Scored> byMeaning, Instant now) {
        Map<UUID, Double> points = fused(ids(byWords), ids(byMeaning));
        Map<UUID, IndexEntry> entries = new HashMap<>();
        Stream.concat(byWords.stream(), byMeaning.stream())
                .map(PoolIndex.Scored::entry)
                .forEach(entry -> entries.put(entry.id(), entry));
        return entries.values().stream()
                .map(entry -> new PoolIndex.Scored(entry, weighed(entry, points.getOrDefault(entry.id(), 0.0), now)))
                .sorted(Comparator.comparingDouble(PoolIndex.Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.entry().id()))
                .toList();
    }

    private static List<UUID> ids(List<PoolIndex.Scored> list) {
        return list.stream().map(scored -> scored.entry().id()).toList();
    }

    private static double weighed(IndexEntry entry, double points, Instant now) {
        double importance = LEAST_IMPORTANT + SPAN * (entry.importance() - 1) / 9;
        double days = Math.max(0, Duration.between(entry.updatedAt(), now).toHours() / 24.0);
        return Math.clamp(points * importance + RECENCY * Math.exp(-days / DAYS), 0, 1);
    }

    /** One of some numbered things, and its points. */
    public record Placed(int place, double points) {}
}
