package dev.drover.core.overview;

import java.time.LocalDate;
import java.util.List;

/**
 * What was used, by days in UTC.
 *
 * @param days the last ones in order, today at the end
 * @param monthDollars since the month began
 * @param estimated whether a part of the money is reckoned from tokens and prices, since nobody counted it call by call
 */
public record Figures(List<Day> days, double monthDollars, boolean estimated) {
    public Figures {
        days = List.copyOf(days);
    }

    /**
     * One day.
     *
     * @param runs that began on it, those of heartbeats too
     * @param failed of these
     * @param tokens of these
     * @param hours that agents worked on it
     */
    public record Day(LocalDate day, int runs, int failed, long tokens, double hours, double dollars) {}

    public Day today() {
        return days.getLast();
    }
}
