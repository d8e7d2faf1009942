package dev.drover.api;

import static dev.drover.api.http.Method.GET;

import dev.drover.api.console.ConsolePages;
import dev.drover.api.console.ConsoleTerminals;
import dev.drover.api.console.ConsoleWorkspaces;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import java.util.List;
import java.util.stream.Stream;

/** The console, and the paths that were missing for looking at a whole server (decision 23). */
public final class ConsoleRoutes {
    private static final String FILES = "/console-files/{version}/{first}";

    private ConsoleRoutes() {}

    /** Looking into computers that are on. */
    public static List<Route> workspaces(ConsoleWorkspaces workspaces) {
        return List.of(
                new Route(GET, "/api/v1/agents/{id}/files", Routes.JETTSON, Routes.READ, workspaces.list()),
                new Route(GET, "/api/v1/agents/{id}/files/content", Routes.JETTSON, Routes.READ, workspaces.content()));
    }

    public static List<SocketRoute> terminals(ConsoleTerminals terminals) {
        return List.of(new SocketRoute("/api/v1/terminal", terminals));
    }

    /** Its pages are one page, which reads the path by itself. */
    public static List<Route> pages(ConsolePages pages) {
        Stream<String> paths = Stream.of(
                "/console",
                "/console/{page}",
                "/console/{page}/{id}",
                "/console/{page}/{id}/{part}",
                "/console/{page}/{id}/{part}/{detail}");
        return Stream.concat(
                        paths.map(path -> new Route(GET, path, Routes.TRINITY, Gate.OPEN, pages.page())),
                        Stream.of(
                                new Route(GET, FILES, Routes.TRINITY, Gate.OPEN, pages.file(1)),
                                new Route(GET, FILES + "/{second}", Routes.TRINITY, Gate.OPEN, pages.file(2)),
                                new Route(GET, FILES + "/{second}/{third}", Routes.TRINITY, Gate.OPEN, pages.file(3))))
                .toList();
    }
}
