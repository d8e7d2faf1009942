package dev.drover.api.http;

import dev.drover.core.computer.Keeper;
import dev.drover.core.machine.Places;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Sends what is about an agent's computer on to the server that has it. Who sends it on has let the caller in, and who
 * gets it judges the same credential again; what has been sent on once is answered or refused there. What no server
 * can answer is refused here, by whoever judges the caller's rights first.
 */
public final class Hop implements AutoCloseable {
    /** Says that a request was sent on, and by which server. Whoever else says so is answered no better for it. */
    static final String HEADER = "X-Drover-Hop";

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

    private final Places places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();

    public Hop(Places places) {
        this.places = places;
    }

    /** The same routes, each answered where its computer is. */
    public List<Route> over(List<Route> routes) {
        return routes.stream()
                .map(route -> route.atComputer()
                        ? route.answeredBy(
                                call -> answer(route, call, route.operation().handler()))
                        : route)
                .toList();
    }

    /** The same for sockets. */
    public List<SocketRoute> overSockets(List<SocketRoute> sockets) {
        return sockets.stream()
                .map(route -> route.computer() == null
                        ? route
                        : new SocketRoute(route.path(), new SocketHop(route, route.computer(), client, places)))
                .toList();
    }

    private Answer answer(Route route, Call call, Handler here) {
        boolean hopped = call.header(HEADER) != null;
        return !hopped && places.of(call.path(route.agent())) instanceof Keeper.There there
                ? new Relay(client, places, there).answer(call)
                : here.handle(call);
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
