package dev.drover.api;

import static dev.drover.api.http.Method.GET;
import static java.util.stream.Collectors.joining;

import dev.drover.api.console.ConsoleFleet;
import dev.drover.api.console.ConsoleOffers;
import dev.drover.api.console.ConsoleOverviews;
import dev.drover.api.console.ConsolePages;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Route;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The console, and the paths that were missing for looking at a whole server (decision 23). */
public final class ConsoleRoutes {
    private static final List<String> FILES = List.of("/{first}", "/{second}", "/{third}", "/{fourth}");

    private ConsoleRoutes() {}

    /** Its pages are one page, which reads the path by itself. */
    public static List<Route> pages(ConsolePages pages) {
        Stream<String> paths = Stream.of(
                "/console",
                "/console/{page}",
                "/console/{page}/{id}",
                "/console/{page}/{id}/{part}",
                "/console/{page}/{id}/{part}/{detail}");
        Stream<Route> files = IntStream.rangeClosed(1, FILES.size())
                .mapToObj(depth -> open(
                        "/console-files/{version}" + FILES.stream().limit(depth).collect(joining()),
                        pages.file(depth)));
        return Stream.concat(paths.map(path -> open(path, pages.page())), files).toList();
    }

    private static Route open(String path, Operation operation) {
        return new Route(GET, path, Routes.TRINITY, Gate.OPEN, operation);
    }

    /** The whole server at a glance, its agents, and what a task may be given. */
    public static List<Route> overview(ConsoleOverviews overviews, ConsoleFleet fleet, ConsoleOffers offers) {
        return List.of(
                new Route(GET, "/api/v1/overview", Routes.JETTSON, Routes.READ, overviews.get()),
                new Route(GET, "/api/v1/overview/stream", Routes.JETTSON, Routes.READ, overviews.stream()),
                new Route(GET, "/api/v1/fleet", Routes.JETTSON, Routes.READ, fleet.list()),
                new Route(GET, "/api/v1/models", Routes.JETTSON, Routes.READ, offers.models()),
                new Route(GET, "/api/v1/tools", Routes.JETTSON, Routes.READ, offers.tools()));
    }
}
