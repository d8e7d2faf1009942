package dev.drover.api;

import static dev.drover.api.http.Method.DELETE;
import static dev.drover.api.http.Method.GET;
import static dev.drover.api.http.Method.PATCH;
import static dev.drover.api.http.Method.POST;
import static dev.drover.api.http.Method.PUT;

import dev.drover.api.console.ConsoleAccounts;
import dev.drover.api.console.ConsolePages;
import dev.drover.api.console.ConsoleProvider;
import dev.drover.api.console.ConsoleSessions;
import dev.drover.api.http.Gate;
import dev.drover.api.http.Route;
import dev.drover.core.access.Scope;
import java.util.List;
import java.util.stream.Stream;

/** The console, and the paths that were missing for looking at a whole server (decision 23). */
public final class ConsoleRoutes {
    private static final String FILES = "/console-files/{version}/{first}";

    /** What somebody may do with all that they are: logins and passwords are no less than keys. */
    private static final Gate PERSON = Gate.scope(Scope.KEYS_MANAGE);

    private ConsoleRoutes() {}

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
