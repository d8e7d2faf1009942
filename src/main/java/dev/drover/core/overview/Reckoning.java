package dev.drover.core.overview;

import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.usage.Price;
import dev.drover.core.usage.Prices;
import dev.drover.core.usage.TokenCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes figures of what stores tell; where nobody counted the money, from tokens and prices. */
final class Reckoning {
    private static final int DAYS = 14;

    private final FigureStore store;
    private final ModelProfiles profiles;
    private final Prices prices;

    Reckoning(FigureStore store, ModelProfiles profiles, Prices prices) {
        this.store = store;
        this.profiles = profiles;
        this.prices = prices;
    }

    Figures figures(Sight sight, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate month = today.withDayOfMonth(1);
        LocalDate shown = today.minusDays(DAYS - 1L);
        LocalDate since = month.isBefore(shown) ? month : shown;
        Map<LocalDate, Sum> days = new TreeMap<>();
        since.datesUntil(today.plusDays(1)).forEach(day -> days.put(day, new Sum()));
        boolean estimated = false;
        for (FigureStore.Runs runs : store.runs(sight, since)) {
            double reckoned = reckoned(runs);
            estimated |= reckoned > 0;
            sum(days, runs.day()).add(runs.runs(), runs.failed(), runs.tokens(), runs.dollars() + reckoned);
        }
        store.costs(sight, since).forEach(costs -> sum(days, costs.day()).add(0, 0, costs.tokens(), costs.dollars()));
        store.heartbeats(sight, since).forEach(beats -> sum(days, beats.day()).add(beats.runs(), beats.failed(), 0, 0));
        Map<LocalDate, Double> hours = store.hours(sight, shown, now);
        double monthDollars = days.entrySet().stream()
                .filter(day -> !day.getKey().isBefore(month))
                .mapToDouble(day -> day.getValue().dollars)
                .sum();
        return new Figures(
                shown.datesUntil(today.plusDays(1))
                        .map(day -> sum(days, day).day(day, hours.getOrDefault(day, 0.0)))
                        .toList(),
                Sum.rounded(monthDollars, 10_000),
                estimated);
    }

    /** Rows of a clock that went back may lie in the future. */
    private static Sum sum(Map<LocalDate, Sum> days, LocalDate day) {
        return days.computeIfAbsent(day, _ -> new Sum());
    }

    private double reckoned(FigureStore.Runs runs) {
        return price(runs.profile())
                        .map(price -> price.of(new TokenCount(runs.input(), 0, 0, 0, runs.output()))
                                .micros())
                        .orElse(0L)
                / 1e6;
    }

    /** Of the model behind a profile, as far as its name tells. */
    Optional<Price> price(String profile) {
        String model = profiles.own().stream()
                .filter(own -> own.name().equals(profile))
                .findFirst()
                .map(ModelProfile::model)
                .map(known -> known.name())
                .orElse(profile);
        int slash = model.indexOf('/');
        return slash < 0 ? prices.of("", model) : prices.of(model.substring(0, slash), model.substring(slash + 1));
    }

    private static final class Sum {
        private int runs;
        private int failed;
        private long tokens;
        private double dollars;

        void add(int moreRuns, int moreFailed, long moreTokens, double moreDollars) {
            runs += moreRuns;
            failed += moreFailed;
            tokens += moreTokens;
            dollars += moreDollars;
        }

        Figures.Day day(LocalDate day, double hours) {
            return new Figures.Day(day, runs, failed, tokens, rounded(hours, 1000), rounded(dollars, 10_000));
        }

        static double rounded(double value, double parts) {
            return Math.round(value * parts) / parts;
        }
    }
}
