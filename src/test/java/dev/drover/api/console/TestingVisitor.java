package dev.drover.api.console;

import dev.drover.api.TestingApi;
import dev.drover.api.TestingApi.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser as far as logins are concerned: it keeps cookies, and asks as the console's pages do. */
final class TestingVisitor {
    private final TestingApi server;
    private final SortedMap<String, String> cookies = new TreeMap<>();

    TestingVisitor(TestingApi server) {
        this.server = server;
    }

    Reply logIn(String name, String password) {
        return send(post("/api/v1/session", "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password)));
    }

    Reply refresh() {
        return send(post("/api/v1/session/refresh", "").header("X-Drover-Console", "1"));
    }

    Reply logOut() {
        return send(server.to("/api/v1/session").DELETE().header("X-Drover-Console", "1"));
    }

    HttpRequest.Builder post(String path, String body) {
        return server.to(path).POST(BodyPublishers.ofString(body));
    }

    /** Follows a link to the server itself, as a person does. */
    Reply visit(URI place) {
        String path = place.getRawPath() + (place.getRawQuery() == null ? "" : "?" + place.getRawQuery());
        return send(server.to(path).header("Accept", "text/html"));
    }

    /** With the cookies that are there, keeping those that come. */
    Reply send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Reply reply = server.send(request);
        String set = reply.header("Set-Cookie");
        if (!set.isEmpty()) {
            String[] pair = set.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return reply;
    }

    /** The cookies of this browser, to look into and to spoil. */
    SortedMap<String, String> cookies() {
        return cookies;
    }
}
