package dev.drover.core.schedule;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The due moments of a cron expression in a time zone. Its reader reckons by a wall clock that never jumps; where the
 * zone's does, each due moment comes once: one in a gap at its end, one of an hour that comes twice the first time. An
 * expression for every hour is due by elapsed time instead, in both of such hours and in none of a gap.
 */
final class Cron {
    private static final Pattern EVERY_HOUR = Pattern.compile("\\*(/1)?|0-23(/1)?");
    private static final int SIX_FIELDS = 6;

    /** So often does a clock jump while a leap day is awaited, even where it does so four times a year. */
    private static final int MOST_JUMPS = 64;

    private final CronReader.WallTimes times;
    private final boolean everyHour;
    private final ZoneId zone;

    private Cron(CronReader.WallTimes times, boolean everyHour, ZoneId zone) {
        this.times = times;
        this.everyHour = everyHour;
        this.zone = zone;
    }

    /** Refuses, naming it, what is no expression, comes never due or is no zone. */
    static Cron of(CronReader reader, String expression, String zone) {
        String[] fields = expression.strip().split("\\s+", -1);
        boolean isSix = fields.length == SIX_FIELDS || fields[0].startsWith("@");
        CronReader.WallTimes times = times(reader, expression, isSix);
        String hour = fields.length == 1 ? fields[0].replace("@hourly", "*") : fields[isSix ? 2 : 1];
        Cron cron = new Cron(times, EVERY_HOUR.matcher(hour).matches(), zone(zone));
        if (cron.local(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw refused(expression, "it never comes due");
        }
        return cron;
    }

    private static CronReader.WallTimes times(CronReader reader, String expression, boolean hasSeconds) {
        try {
            return reader.read(expression.strip(), hasSeconds);
        } catch (IllegalArgumentException e) {
            throw refused(expression, String.valueOf(e.getMessage()));
        }
    }

    private static Refused refused(String expression, String why) {
        return new Refused(new Problem.Unacceptable("Invalid cron expression '" + expression + "': " + why
                + "; expected five fields (minute, hour, day of month, month, day of week), such as 0 9 * * MON-FRI"));
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Refused(new Problem.Unacceptable(
                    "Unknown timezone '" + zone + "': expected a name of the IANA database, such as Europe/Berlin"));
        }
    }

    /** The first due moment behind that one; empty when there is none any more. */
    Optional<Instant> next(Instant after) {
        Instant from = after;
        boolean inclusive = false;
        for (int jump = 0; jump < MOST_JUMPS; jump++) {
            ZoneOffset offset = zone.getRules().getOffset(from);
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            Optional<Instant> due = local(start(from, offset, inclusive)).map(local -> local.toInstant(offset));
            if (due.isEmpty() || change == null || due.get().isBefore(change.getInstant())) {
                return due;
            }
            if (change.isGap() && isDueIn(change)) {
                return Optional.of(change.getInstant());
            }
            from = change.getInstant();
            inclusive = true;
        }
        return Optional.empty();
    }

    /** Behind which wall-clock time to look, where the clock has that offset; due moments are whole seconds. */
    private LocalDateTime start(Instant from, ZoneOffset offset, boolean inclusive) {
        LocalDateTime local = LocalDateTime.ofInstant(from, offset).truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime start = inclusive ? local.minusSeconds(1) : local;
        ZoneOffsetTransition before = zone.getRules().previousTransition(from.plusNanos(1));
        LocalDateTime repeated = everyHour ? null : endOfRepeated(before);
        return repeated != null && start.isBefore(repeated) ? repeated : start;
    }

    private static @Nullable LocalDateTime endOfRepeated(@Nullable ZoneOffsetTransition change) {
        return change != null && change.isOverlap() ? change.getDateTimeBefore().minusSeconds(1) : null;
    }

    private boolean isDueIn(ZoneOffsetTransition gap) {
        return !everyHour
                && local(gap.getDateTimeBefore().minusSeconds(1))
                        .filter(due -> due.isBefore(gap.getDateTimeAfter()))
                        .isPresent();
    }

    private Optional<LocalDateTime> local(LocalDateTime after) {
        return times.next(after);
    }
}
