package dev.drover.api.trinity;

import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.api.http.SocketTalk;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Scope;
import dev.drover.core.agent.NamedAgents;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The WebSockets of the Trinity dialect, {@code /ws} and {@code /ws/events} (contract, section 12). */
public final class TrinitySockets {
    private final Function<String, Caller> identify;
    private final NamedAgents agents;
    private final TrinityNews news;

    /** @param identify the caller behind a credential */
    public TrinitySockets(Function<String, Caller> identify, NamedAgents agents, TrinityNews news) {
        this.identify = identify;
        this.agents = agents;
        this.news = news;
    }

    /** Of whoever opens {@code /ws}. */
    public SocketTalk all(@Nullable String token) {
        return new TrinityTalk(this, false, guest(token));
    }

    /** Of whoever opens {@code /ws/events}. */
    public SocketTalk events(@Nullable String token) {
        return new TrinityTalk(this, true, guest(token));
    }

    private TrinityTalk.@Nullable Identified guest(@Nullable String token) {
        if (token == null) {
            return null;
        }
        TrinityTalk.Identified guest = identify(token);
        if (guest == null) {
            throw new Rejected(new Rejection.Malformed(403, "Could not validate credentials"));
        }
        return guest;
    }

    /** Null when the credential is not good. */
    TrinityTalk.@Nullable Identified identify(String credential) {
        try {
            Caller caller = identify.apply(credential);
            caller.need(Scope.AGENTS_READ);
            return new TrinityTalk.Identified(credential, caller);
        } catch (Refused e) {
            if (TrinityTalk.isVerdict(e)) {
                return null;
            }
            throw e;
        }
    }

    List<String> accessible(Caller caller) {
        return agents.accessible(caller);
    }

    TrinityNews news() {
        return news;
    }
}
