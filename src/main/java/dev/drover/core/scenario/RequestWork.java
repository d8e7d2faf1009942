package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call over HTTP; its connection is opened anew each time, so that one that was deleted lends nothing. */
record RequestWork(Action.Request request, UserId owner, Accounts accounts, Requests requests) implements Work {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    public Json inputSchema() {
        return Field.schema(List.of());
    }

    @Override
    public String description() {
        return "";
    }

    @Override
    public boolean repeatable(Json input) {
        return SAFE.contains(request.method());
    }

    @Override
    public ToolAnswer run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        return new ToolAnswer(requests.send(request, credentials(), input, context), List.of());
    }

    private Map<String, String> credentials() throws ToolRefusal {
        ConnectionId connection = request.connection();
        if (connection == null) {
            return Map.of();
        }
        ServiceAccount account = accounts.lent(owner, connection, ConnectionKind.HTTP);
        Optional<String> elsewhere = elsewhere(account, request.url());
        if (elsewhere.isPresent()) {
            throw ToolRefusal.rejected(elsewhere.get());
        }
        return account.headers();
    }

    /** What is wrong with a URL that leads away from where the connection's credentials belong. */
    static Optional<String> elsewhere(ServiceAccount account, String url) {
        String home = account.url();
        if (home == null) {
            return Optional.empty();
        }
        try {
            WebUrl origin = WebUrl.read(home);
            // The path of a connection may hold a token, so only the origin is told.
            return origin.hasSameOrigin(WebUrl.read(Places.in(url).filled("x")))
                    ? Optional.empty()
                    : Optional.of("does not lead to " + origin.scheme() + "://" + origin.authority()
                            + ", where connection " + account.id() + " ('" + account.name() + "') belongs");
        } catch (EgressDenied unreadable) {
            return Optional.of("cannot be used: " + unreadable.reason());
        }
    }
}
