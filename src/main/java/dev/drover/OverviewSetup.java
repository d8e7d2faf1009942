package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleFleet;
import dev.drover.api.console.ConsoleOffers;
import dev.drover.api.console.ConsoleOverviews;
import dev.drover.api.http.Route;
import dev.drover.core.Notices;
import dev.drover.core.connection.ConnectionModels;
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.overview.ChangeBell;
import dev.drover.core.overview.ConcernStore;
import dev.drover.core.overview.FigureStore;
import dev.drover.core.overview.Lookouts;
import dev.drover.core.overview.Offers;
import dev.drover.core.overview.OverviewStore;
import dev.drover.core.overview.Overviews;
import dev.drover.core.overview.Roster;
import dev.drover.core.overview.RosterStore;
import dev.drover.core.squad.News;
import dev.drover.core.usage.Prices;
import dev.drover.provider.json.JacksonPrices;
import java.util.List;

/** What somebody sees of the whole server, and may choose from. */
final class OverviewSetup {
    /** What heartbeats tell one another, those of agents without a squad too. */
    private static final String HEARTBEATS = "drover_heartbeat";

    private OverviewSetup() {}

    /** Before anything is started. */
    static List<Route> routes(Core core, ConnectionModels connections, FleetEvents computers) {
        var jdbi = core.ground().database().jdbi();
        ModelProfiles profiles = core.room().workshop().profiles();
        Prices prices = new JacksonPrices().read(core.settings().slaw().prices());
        Overviews overviews = new Overviews(
                new Overviews.Stores(new OverviewStore(jdbi), new ConcernStore(jdbi), new FigureStore(jdbi)),
                profiles,
                prices,
                core.book().clock());
        Lookouts lookouts = core.closing().with(new Lookouts(overviews, bell(core, computers)));
        return ConsoleRoutes.overview(
                new ConsoleOverviews(overviews, lookouts),
                new ConsoleFleet(new Roster(new RosterStore(jdbi))),
                new ConsoleOffers(new Offers(
                        profiles, connections, prices, core.room().workshop().toolbox())));
    }

    /** Rings for all that servers and their rooms tell one another anyway. */
    private static ChangeBell bell(Core core, FleetEvents computers) {
        ChangeBell bell = new ChangeBell();
        Notices notices = core.ground().notifications();
        core.room().bells().listen(bell::ring);
        notices.hear(News.CHANNEL, bell);
        notices.hear(HEARTBEATS, bell);
        computers.listen(event -> bell.ring());
        return bell;
    }
}
