package dev.drover.api;

import static dev.drover.api.http.Method.DELETE;
import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.PATCH;
import static dev.drover.api.http.Method.POST;
import static dev.drover.api.http.Method.PUT;
import static java.util.stream.Collectors.joining;

import dev.drover.api.console.ConsoleAccounts;
import dev.drover.api.console.ConsoleApprovals;
import dev.drover.api.console.ConsoleAudit;
import dev.drover.api.console.ConsoleBackup;
import dev.drover.api.console.ConsoleCheck;
import dev.drover.api.console.ConsoleDoctor;
import dev.drover.api.console.ConsoleFleet;
import dev.drover.api.console.ConsoleMemory;
import dev.drover.api.console.ConsoleOffers;
import dev.drover.api.console.ConsoleOverviews;
import dev.drover.api.console.ConsolePages;
import dev.drover.api.console.ConsolePlan;
import dev.drover.api.console.ConsoleProvider;
import dev.drover.api.console.ConsoleRunLog;
import dev.drover.api.console.ConsoleRuns;
import dev.drover.api.console.ConsoleSessions;
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

    /** What somebody may do with all that they are: logins and passwords are no less than keys. */
    private static final Gate PERSON = Gate.scope(Scope.KEYS_MANAGE);

    private ConsoleRoutes() {}

    /** What those look at who keep the server running. */
    public static List<Route> admin(
            ConsoleAudit audit, ConsoleDoctor doctor, ConsoleCheck check, ConsolePlan plan, ConsoleSettings settings) {
        return List.of(
                new Route(GET, "/api/v1/audit", Routes.JETTSON, Routes.READ, audit.list()),
                new Route(GET, "/api/v1/audit/export", Routes.JETTSON, Routes.READ, audit.export()),
                new Route(GET, "/api/v1/check", Routes.JETTSON, Routes.READ, check.check()),
                new Route(GET, "/api/v1/doctor", Routes.JETTSON, Routes.READ, doctor.doctor()),
                new Route(GET, "/api/v1/plan", Routes.JETTSON, Routes.READ, plan.plan()),
                new Route(GET, "/api/v1/settings", Routes.JETTSON, Routes.READ, settings.list()));
    }

    /** Everything there is in one file: no less than all rights together. */
    public static List<Route> backup(ConsoleBackup backup) {
        return List.of(new Route(GET, "/api/v1/backup", Routes.JETTSON, PERSON, backup.take()));
    }

    /** Looking into computers that are on. */
    public static List<Route> workspaces(ConsoleWorkspaces workspaces) {
        return List.of(
                new Route(GET, "/api/v1/agents/{id}/files", Routes.JETTSON, Routes.READ, workspaces.list())
                        .reachingComputer(),
                new Route(GET, "/api/v1/agents/{id}/files/content", Routes.JETTSON, Routes.READ, workspaces.content())
                        .reachingComputer(),
                new Route(PUT, "/api/v1/agents/{id}/files/content", Routes.JETTSON, Routes.WRITE, workspaces.put())
                        .reachingComputer());
    }

    /** What memories said before, and where they lie. */
    public static List<Route> memory(ConsoleMemory memory) {
        Gate recall = Gate.scope(Scope.MEMORY_READ);
        return List.of(
                new Route(GET, "/api/v1/memory/versions", Routes.JETTSON, recall, memory.versions()),
                new Route(GET, "/api/v1/memory/namespaces", Routes.JETTSON, recall, memory.namespaces()));
    }

    public static List<SocketRoute> terminals(ConsoleTerminals terminals) {
        return List.of(new SocketRoute("/api/v1/terminal", terminals, terminals.computer()));
    }

    /** Coming in at a browser, and people as administrators keep them. */
    public static List<Route> access(ConsoleSessions sessions, ConsoleProvider provider, ConsoleAccounts accounts) {
        return List.of(
                new Route(GET, "/api/v1/session", Routes.JETTSON, Gate.OPEN, sessions.ways()),
                new Route(POST, "/api/v1/session", Routes.JETTSON, Gate.OPEN, sessions.open()),
                new Route(DELETE, "/api/v1/session", Routes.JETTSON, Gate.OPEN, sessions.close()),
                new Route(POST, "/api/v1/session/refresh", Routes.JETTSON, Gate.OPEN, sessions.refresh()),
                new Route(GET, "/api/v1/session/oidc", Routes.JETTSON, Gate.OPEN, provider.depart()),
                new Route(GET, "/api/v1/session/oidc/callback", Routes.JETTSON, Gate.OPEN, provider.arrive()),
                new Route(GET, "/api/v1/sessions", Routes.JETTSON, PERSON, sessions.list()),
                new Route(DELETE, "/api/v1/sessions/{id}", Routes.JETTSON, PERSON, sessions.end()),
                new Route(GET, "/api/v1/users", Routes.JETTSON, PERSON, accounts.list()),
                new Route(POST, "/api/v1/users", Routes.JETTSON, PERSON, accounts.create()),
                new Route(PATCH, "/api/v1/users/{name}", Routes.JETTSON, PERSON, accounts.change()),
                new Route(PUT, "/api/v1/users/me/password", Routes.JETTSON, PERSON, accounts.password()));
    }

    /** What operators are asked, whichever squad asks it. */
    public static List<Route> approvals(ConsoleApprovals approvals) {
        return List.of(new Route(GET, "/api/v1/approvals", Routes.JETTSON, Routes.READ, approvals.list()));
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

    /** Runs of all dialects over the one log. */
    public static List<Route> runs(ConsoleRuns runs, ConsoleRunLog log) {
        String all = "/api/v1/runs";
        String one = all + "/{run_id}";
        String event = one + "/events/{seq}";
        return List.of(
                new Route(GET, all, Routes.JETTSON, Routes.READ, runs.list()),
                new Route(GET, one, Routes.JETTSON, Routes.READ, runs.get()),
                new Route(GET, one + "/spans", Routes.JETTSON, Routes.READ, runs.spans()),
                new Route(GET, one + "/replay", Routes.JETTSON, Routes.READ, runs.replay()),
                new Route(POST, one + "/stop", Routes.JETTSON, Routes.WRITE, runs.stop()),
                new Route(GET, one + "/events", Routes.JETTSON, Routes.READ, log.events()),
                new Route(GET, one + "/stream", Routes.JETTSON, Routes.READ, log.stream()),
                new Route(GET, event, Routes.JETTSON, Routes.READ, log.event()),
                new Route(GET, event + "/output", Routes.JETTSON, Routes.READ, log.output()),
                new Route(GET, event + "/picture", Routes.JETTSON, Routes.READ, log.picture()),
                new Route(GET, one + "/artifacts/{artifact_id}", Routes.JETTSON, Routes.READ, log.artifact()),
                new Route(GET, "/api/v1/agents/{id}/card", Routes.JETTSON, Routes.READ, runs.card()));
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
