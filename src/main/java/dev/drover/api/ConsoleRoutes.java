package dev.drover.api;

import static dev.drover.api.http.Method.GET;
import static java.util.stream.Collectors.joining;

import dev.drover.api.console.ConsoleAudit;
import dev.drover.api.console.ConsoleDoctor;
import dev.drover.api.console.ConsoleMemory;
import dev.drover.api.console.ConsolePages;
import dev.drover.api.console.ConsolePlan;
import dev.drover.api.console.ConsoleSettings;
import dev.drover.api.console.ConsoleTerminals;
import dev.drover.api.console.ConsoleWorkspaces;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Route;
import dev.drover.api.http.SocketRoute;
import dev.drover.core.access.Scope;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The console, and the paths that were missing for looking at a whole server (decision 23). */
public final class ConsoleRoutes {
    private static final List<String> FILES = List.of("/{first}", "/{second}", "/{third}", "/{fourth}");

    private ConsoleRoutes() {}

    /** What those look at who keep the server running. */
    public static List<Route> admin(
            ConsoleAudit audit, ConsoleDoctor doctor, ConsolePlan plan, ConsoleSettings settings) {
        return List.of(
                new Route(GET, "/api/v1/audit", Routes.JETTSON, Routes.READ, audit.list()),
                new Route(GET, "/api/v1/audit/export", Routes.JETTSON, Routes.READ, audit.export()),
                new Route(GET, "/api/v1/doctor", Routes.JETTSON, Routes.READ, doctor.doctor()),
                new Route(GET, "/api/v1/plan", Routes.JETTSON, Routes.READ, plan.plan()),
                new Route(GET, "/api/v1/settings", Routes.JETTSON, Routes.READ, settings.list()));
    }

    /** Looking into computers that are on. */
    public static List<Route> workspaces(ConsoleWorkspaces workspaces) {
        return List.of(
                new Route(GET, "/api/v1/agents/{id}/files", Routes.JETTSON, Routes.READ, workspaces.list()),
                new Route(GET, "/api/v1/agents/{id}/files/content", Routes.JETTSON, Routes.READ, workspaces.content()));
    }

    /** What memories said before, and where they lie. */
    public static List<Route> memory(ConsoleMemory memory) {
        Gate recall = Gate.scope(Scope.MEMORY_READ);
        return List.of(
                new Route(GET, "/api/v1/memory/versions", Routes.JETTSON, recall, memory.versions()),
                new Route(GET, "/api/v1/memory/namespaces", Routes.JETTSON, recall, memory.namespaces()));
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
        Stream<Route> files = IntStream.rangeClosed(1, FILES.size())
                .mapToObj(depth -> open(
                        "/console-files/{version}" + FILES.stream().limit(depth).collect(joining()),
                        pages.file(depth)));
        Stream<Route> front = Stream.of(open("/", pages.front()));
        return Stream.of(front, paths.map(path -> open(path, pages.page())), files)
                .flatMap(each -> each)
                .toList();
    }

    private static Route open(String path, Operation operation) {
        return new Route(GET, path, Routes.TRINITY, Gate.OPEN, operation);
    }
}
