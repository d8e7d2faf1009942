package dev.drover.core.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts the two lists of a hybrid search together (Jettson contract, section 10.3). */
final class Ranking {
    private static final double K = 60;
    private static final double MOST = 2 / (K + 1);
    private static final double LEAST_IMPORTANT = 0.9;
    private static final double SPAN = 0.2;
    private static final double RECENCY = 0.02;
    private static final double DAYS = 30;

    private Ranking() {}

    static List<PoolIndex.Scored> fused(List<PoolIndex.Scored> byWords, List<PoolIndex.Scored> byMeaning, Instant now) {
        Map<UUID, Double> points = new HashMap<>();
        Map<UUID, IndexEntry> entries = new HashMap<>();
        for (List<PoolIndex.Scored> list : List.of(byWords, byMeaning)) {
            for (int rank = 1; rank <= list.size(); rank++) {
                IndexEntry entry = list.get(rank - 1).entry();
                entries.put(entry.id(), entry);
                points.merge(entry.id(), 1 / (K + rank), Double::sum);
            }
        }
        return entries.values().stream()
                .map(entry ->
                        new PoolIndex.Scored(entry, weighed(entry, points.getOrDefault(entry.id(), 0.0) / MOST, now)))
                .sorted(Comparator.comparingDouble(PoolIndex.Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.entry().id()))
                .toList();
    }

    private static double weighed(IndexEntry entry, double points, Instant now) {
        double importance = LEAST_IMPORTANT + SPAN * (entry.importance() - 1) / 9;
        double days = Math.max(0, Duration.between(entry.updatedAt(), now).toHours() / 24.0);
        return Math.clamp(points * importance + RECENCY * Math.exp(-days / DAYS), 0, 1);
    }
}
