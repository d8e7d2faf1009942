package dev.drover.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.provider.cron.LibraryCrons;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** When cron expressions are due, wherever the clocks jump. */
final class CronTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void knowsTheUsualForms() {
        assertThat(ticks("*/5 * * * *", "UTC", "2026-11-22T10:00:00Z", 2))
                .containsExactly("2026-11-22T10:05:00Z", "2026-11-22T10:10:00Z");
        assertThat(ticks("0 9 * * MON-FRI", "Europe/Berlin", "2026-11-20T08:00:00Z", 2))
                .containsExactly("2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z");
        assertThat(ticks("0 0 29 2 *", "UTC", "2026-11-22T10:00:00Z", 2))
                .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
        assertThat(ticks("*/20 * * * * *", "UTC", "2026-11-22T10:00:00Z", 2))
                .containsExactly("2026-11-22T10:00:20Z", "2026-11-22T10:00:40Z");
        assertThat(ticks("* * * * * *", "UTC", "2026-11-22T10:00:00.346Z", 2))
                .containsExactly("2026-11-22T10:00:01Z", "2026-11-22T10:00:02Z");
        assertThat(ticks("@daily", "Asia/Tokyo", "2026-11-22T10:00:00Z", 1)).containsExactly("2026-11-22T15:00:00Z");
    }

    @Test
    void whatLiesInAGapIsDueAtItsEndAndWhatComesTwiceIsDueOnce() {
        assertThat(ticks("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(ticks("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void everyHourIsDueByElapsedTime() {
        assertThat(ticks("0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
        assertThat(ticks("30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void namesWhatIsNoExpressionAndWhatIsNoZone() {
        for (String wrong :
                List.of("invalid cron", "60 * * * *", "* * * *", "", "*/0 * * * *", "0 0 30 2 *", "@never")) {
            assertThatThrownBy(() -> cron(wrong, "UTC"))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.problem())
                                    .isInstanceOfSatisfying(
                                            Problem.Unacceptable.class,
                                            problem -> assertThat(problem.sentence())
                                                    .startsWith("Invalid cron expression '" + wrong + "'")));
        }
        assertThatThrownBy(() -> cron("* * * * *", "Mars/Olympus"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOfSatisfying(
                                        Problem.Unacceptable.class,
                                        problem -> assertThat(problem.sentence())
                                                .startsWith("Unknown timezone 'Mars/Olympus'")));
    }

    /** Two years are long enough for every zone to jump as it does. */
    @Property(tries = 150)
    void noDueMomentIsLostOrComesTwice(
            @ForAll("zones") String zone,
            @ForAll @IntRange(max = 59) int minute,
            @ForAll("hours") Set<Integer> hours,
            @ForAll @IntRange(max = 730) int day) {
        Instant from = START.plus(day, ChronoUnit.DAYS);
        Instant until = from.plus(20, ChronoUnit.DAYS);
        List<String> words = hours.stream().map(String::valueOf).toList();
        Cron cron = cron(minute + " " + String.join(",", words) + " * * *", zone);

        List<Instant> due = new ArrayList<>();
        Instant next = cron.next(from).orElseThrow();
        while (next.isBefore(until)) {
            due.add(next);
            next = cron.next(next).orElseThrow();
        }
        assertThat(due).containsExactlyElementsOf(expected(ZoneId.of(zone), minute, hours, from, until));
    }

    @Property(tries = 50)
    void everyMinuteIsDueEveryMinute(@ForAll("zones") String zone, @ForAll @IntRange(max = 1_000_000) int minute) {
        Instant from = START.plus(minute, ChronoUnit.MINUTES);
        Cron cron = cron("* * * * *", zone);
        Instant at = from;
        for (int i = 1; i <= 200; i++) {
            at = cron.next(at).orElseThrow();
            assertThat(at).isEqualTo(from.plus(i, ChronoUnit.MINUTES));
        }
    }

    /** Reckoned the other way round: from every named wall-clock time to the moments at which clocks show it. */
    private static List<Instant> expected(ZoneId zone, int minute, Set<Integer> hours, Instant from, Instant until) {
        TreeSet<Instant> moments = new TreeSet<>();
        LocalDateTime first =
                LocalDateTime.ofInstant(from, ZoneOffset.UTC).minusDays(2).truncatedTo(ChronoUnit.DAYS);
        for (int day = 0; day < 25; day++) {
            for (int hour : hours) {
                LocalDateTime local = first.plusDays(day).withHour(hour).withMinute(minute);
                List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
                moments.add(
                        offsets.isEmpty()
                                ? zone.getRules().getTransition(local).getInstant()
                                : local.toInstant(offsets.getFirst()));
            }
        }
        return moments.stream()
                .filter(moment -> moment.isAfter(from) && moment.isBefore(until))
                .toList();
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Africa/Cairo",
                "America/Santiago",
                "Asia/Beirut",
                "Pacific/Apia",
                "Asia/Kathmandu",
                "Europe/Dublin",
                "UTC");
    }

    @Provide
    Arbitrary<Set<Integer>> hours() {
        return Arbitraries.integers().between(0, 23).set().ofMinSize(1).ofMaxSize(6);
    }

    private static Cron cron(String expression, String zone) {
        return Cron.of(new LibraryCrons(), expression, zone);
    }

    private static List<String> ticks(String expression, String zone, String after, int count) {
        Cron cron = cron(expression, zone);
        List<String> ticks = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = cron.next(at).orElseThrow();
            ticks.add(at.toString());
        }
        return ticks;
    }
}
