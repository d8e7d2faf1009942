package dev.drover.core.overview;

import dev.drover.core.access.Caller;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.usage.Prices;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shows the whole server at a glance: everybody what they may see of it. */
public final class Overviews {
    private static final int RUNS = 50;
    private static final int QUESTIONS = 10;
    private static final int CONCERNS = 50;
    private static final int OF_A_KIND = 20;

    private final Stores stores;
    private final ModelProfiles profiles;
    private final Reckoning reckoning;
    private final Clock clock;
    private final Concern noModel;

    /** What it reads from. */
    public record Stores(OverviewStore overview, ConcernStore concerns, FigureStore figures) {}

    public Overviews(Stores stores, ModelProfiles profiles, Prices prices, Clock clock) {
        this.stores = stores;
        this.profiles = profiles;
        this.reckoning = new Reckoning(stores.figures(), profiles, prices);
        this.clock = clock;
        this.noModel = new Concern(
                Concern.Kind.NO_MODEL,
                "No model is connected: agents only follow fixed steps",
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                null);
    }

    /** As it is now. */
    public Overview of(Caller caller) {
        Sight sight = Sight.of(caller);
        return of(sight, figures(sight));
    }

    Figures figures(Sight sight) {
        return reckoning.figures(sight, clock.instant());
    }

    /** @param figures that may be a little old, since they cost most */
    Overview of(Sight sight, Figures figures) {
        return new Overview(
                states(sight),
                runs(sight),
                figures,
                sight.isAll() ? stores.overview().questions(QUESTIONS) : new Overview.Cut<>(List.of(), 0),
                attention(sight));
    }

    /** In one order, so that equal ones are equal. */
    private List<Overview.Count> states(Sight sight) {
        return stores.overview().states(sight).stream()
                .sorted(Comparator.comparing(Overview.Count::origin).thenComparing(Overview.Count::state))
                .toList();
    }

    private Overview.Cut<Overview.InFlight> runs(Sight sight) {
        Overview.Cut<Overview.InFlight> runs = stores.overview().runs(sight, RUNS);
        Overview.Cut<Overview.InFlight> beats = stores.overview().heartbeats(sight, RUNS);
        List<Overview.InFlight> newest = Stream.concat(runs.items().stream(), beats.items().stream())
                .sorted(Comparator.comparing(Overview.InFlight::since).reversed())
                .limit(RUNS)
                .toList();
        return new Overview.Cut<>(newest, runs.total() + beats.total());
    }

    private Overview.Cut<Concern> attention(Sight sight) {
        Instant now = clock.instant();
        Instant month = now.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
        List<Concern> concerns = new ArrayList<>();
        Map<Integer, Integer> totals = new HashMap<>();
        for (ConcernStore.Found found : stores.concerns().find(sight, now, month, OF_A_KIND)) {
            concerns.add(found.concern());
            totals.put(found.part(), found.total());
        }
        if (sight.isAll() && !profiles.usual().model().reasons()) {
            concerns.add(noModel);
            totals.put(-1, 1);
        }
        Comparator<Concern> urgency = Comparator.comparing(Concern::kind)
                .thenComparing(Concern::since, Comparator.reverseOrder())
                .thenComparing(concern -> String.valueOf(concern.subject()));
        return new Overview.Cut<>(
                concerns.stream().sorted(urgency).limit(CONCERNS).toList(),
                totals.values().stream().mapToInt(Integer::intValue).sum());
    }
}
