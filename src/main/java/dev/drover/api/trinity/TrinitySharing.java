package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.agent.Reached;
import dev.drover.core.machine.Sharing;

/** With whom agents are shared (contract, section 5.18). */
public final class TrinitySharing {
    private final Sharing sharing;
    private final TrinityAgentPath path;

    public TrinitySharing(Sharing sharing, TrinityAgentPath path) {
        this.sharing = sharing;
        this.path = path;
    }

    public Operation share() {
        return Operation.of("Share an agent with whoever has an address", this::share)
                .takes(Body.class)
                .answers(200, TrinityShare.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404, 409);
    }

    private Answer share(Call call) {
        Reached agent = path.forOwner(call);
        String email = TrinityBody.read(call, body -> body.text("email"));
        return Answer.ok(TrinityShare.of(agent, sharing.share(agent, email)));
    }

    public Operation end() {
        return Operation.of("Share an agent with an address no more", this::end)
                .answers(200, TrinityMessage.class)
                .refuses(403, 404);
    }

    private Answer end(Call call) {
        Reached agent = path.forOwner(call);
        String email = call.path("email");
        if (!sharing.end(agent, email)) {
            throw new Rejected(new Rejection.Malformed(404, "No sharing found for " + email));
        }
        return Answer.ok(new TrinityMessage("Sharing removed for " + email));
    }

    public Operation list() {
        return Operation.of("List with whom an agent is shared, newest first", this::list)
                .answers(200, TrinityShare[].class)
                .refuses(403, 404);
    }

    private Answer list(Call call) {
        Reached agent = path.forOwner(call);
        return Answer.ok(sharing.list(agent).stream()
                .map(share -> TrinityShare.of(agent, share))
                .toList());
    }

    record Body(String email) {}
}
