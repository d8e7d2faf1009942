package dev.drover.core.tool;

import dev.drover.core.computer.Computer;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import org.jspecify.annotations.Nullable;

/** What a tool works with in one run. */
public record ToolContext(Computer computer, EgressGuard egress, Behalf behalf, LentSecrets secrets) {
    /**
     * For whom a tool works.
     *
     * @param namespace where memories are kept and looked for when a call does not say; null for the usual places
     */
    public record Behalf(
            UserId user, AgentId agent, @Nullable String namespace) {}
}
