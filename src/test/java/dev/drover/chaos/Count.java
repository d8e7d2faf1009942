package dev.drover.chaos;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was done and seen, over all rounds. */
enum Count {
    ROUNDS,
    KILLS,
    KILLS_AT_WORK,
    KILLS_AT_CALLS,
    KILLS_OF_DATABASES,
    FREEZES,
    STOPS,
    CUTS,
    STALLS,
    CLOCK_JUMPS,
    FULL_DISKS,
    MODEL_MOODS,
    BUDGETS,
    RUNS,
    RUNS_COMPLETED,
    RUNS_STOPPED,
    RUNS_FAILED,
    TAKEOVERS,
    TOOL_INTENTS,
    EFFECTS,
    IN_DOUBT,
    EVENTS_COMPARED,
    RECONNECTS,
    SPAWNS_REPEATED,
    ANSWERS_500,
    VIOLATIONS;

    /** Counted by many threads. */
    static final class Table {
        private final Map<Count, Long> numbers = new EnumMap<>(Count.class);

        synchronized void add(Count what, long more) {
            numbers.merge(what, more, Long::sum);
        }

        void add(Count what) {
            add(what, 1);
        }

        synchronized long of(Count what) {
            return numbers.getOrDefault(what, 0L);
        }

        synchronized void addAll(Table other) {
            other.copy().forEach(this::add);
        }

        private synchronized Map<Count, Long> copy() {
            return new EnumMap<>(numbers);
        }

        @Override
        public synchronized String toString() {
            return numbers.entrySet().stream()
                    .map(entry -> "%s %d".formatted(words(entry.getKey()), entry.getValue()))
                    .collect(Collectors.joining(", "));
        }

        /** One number a line, zeros too. */
        synchronized String lines() {
            StringBuilder lines = new StringBuilder();
            for (Count count : values()) {
                lines.append("  %-20s %8d%n".formatted(words(count), of(count)));
            }
            return lines.toString();
        }

        private static String words(Count count) {
            return count.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
