package dev.drover.api.trinity;

import dev.drover.core.agent.Reached;
import dev.drover.core.agent.Share;
import java.time.Instant;

/** That an agent is shared with an address (contract, section 5.18). */
record TrinityShare(
        long id, String agentName, String sharedWithEmail, int sharedById, String sharedByEmail, Instant createdAt) {
    static TrinityShare of(Reached agent, Share share) {
        return new TrinityShare(share.id(), agent.name(), share.email(), share.by(), share.sharer(), share.at());
    }
}
