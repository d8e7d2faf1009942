package dev.drover.api;

import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.POST;
import static java.util.stream.Collectors.joining;

import dev.drover.api.console.ConsolePages;
import dev.drover.api.console.ConsoleRunLog;
import dev.drover.api.console.ConsoleRuns;
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

    /** Runs of all dialects over the one log. */
    public static List<Route> runs(ConsoleRuns runs, ConsoleRunLog log) {
        String all = "/api/v1/runs";
        String one = all + "/{run_id}";
        String event = one + "/events/{seq}";
        return List.of(
                new Route(GET, all, Routes.JETTSON, Routes.READ, runs.list()),
                new Route(GET, one, Routes.JETTSON, Routes.READ, runs.get()),
                new Route(GET, one + "/spans", Routes.JETTSON, Routes.READ, runs.spans()),
                new Route(POST, one + "/stop", Routes.JETTSON, Routes.WRITE, runs.stop()),
                new Route(GET, one + "/events", Routes.JETTSON, Routes.READ, log.events()),
                new Route(GET, one + "/stream", Routes.JETTSON, Routes.READ, log.stream()),
                new Route(GET, event, Routes.JETTSON, Routes.READ, log.event()),
                new Route(GET, event + "/output", Routes.JETTSON, Routes.READ, log.output()),
                new Route(GET, event + "/picture", Routes.JETTSON, Routes.READ, log.picture()),
                new Route(GET, one + "/artifacts/{artifact_id}", Routes.JETTSON, Routes.READ, log.artifact()),
                new Route(GET, "/api/v1/agents/{id}/card", Routes.JETTSON, Routes.READ, runs.card()));
    }
}
