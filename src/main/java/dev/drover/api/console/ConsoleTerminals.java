package dev.drover.api.console;

import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.api.http.SocketHost;
import dev.drover.api.http.SocketRoute;
import dev.drover.api.http.SocketTalk;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Scope;
import dev.drover.core.agent.Reached;
import dev.drover.core.terminal.Session;
import dev.drover.core.terminal.Visits;
import dev.drover.core.terminal.Window;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The WebSocket {@code /api/v1/terminal}: a terminal in an agent's computer, for as long as the socket is open. */
public final class ConsoleTerminals implements SocketHost {
    /** So long a terminal stays open in which nobody types and nothing is printed. */
    public static final Duration USUAL_IDLENESS = Duration.ofMinutes(30);

    private final Function<String, Caller> identify;
    private final Visits visits;
    private final Duration idleness;

    /** @param identify the caller behind a credential */
    public ConsoleTerminals(Function<String, Caller> identify, Visits visits, Duration idleness) {
        this.identify = identify;
        this.visits = visits;
        this.idleness = idleness;
    }

    @Override
    public SocketTalk receive(@Nullable String token) {
        if (token != null) {
            throw new Rejected(new Rejection.Malformed(
                    400, "A credential does not belong into an address, which logs keep; send it in the first text"));
        }
        return new ConsoleTerminal(this);
    }

    /** How a terminal says in whose computer it is to be. */
    public SocketRoute.Computer computer() {
        return new SocketRoute.Computer(ConsoleTerminal::agentOf, ConsoleTerminal::complaint);
    }

    /** Who may do now with the credential what a terminal does. */
    Caller identify(String credential) {
        Caller caller = identify.apply(credential);
        caller.need(Scope.AGENTS_WRITE);
        return caller;
    }

    /** The agent, for those who may run commands in its computer. */
    Reached reach(Caller caller, String nameOrId) {
        return visits.reach(caller, nameOrId).forOwner();
    }

    Session open(Reached reached, Window window) {
        return visits.open(reached, window);
    }

    Duration idleness() {
        return idleness;
    }
}
