package dev.drover.provider.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.drover.core.schedule.CronReader;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Cron expressions as crontab has them; the longer ones as Spring has them. */
public final class LibraryCrons implements CronReader {
    private final CronParser five = parser(CronType.UNIX);
    private final CronParser six = parser(CronType.SPRING53);

    private static CronParser parser(CronType type) {
        return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
    }

    @Override
    public WallTimes read(String expression, boolean hasSeconds) {
        CronParser parser = hasSeconds ? six : five;
        ExecutionTime times = ExecutionTime.forCron(parser.parse(expression).validate());
        return after -> times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
