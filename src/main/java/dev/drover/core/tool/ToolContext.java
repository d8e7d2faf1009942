package dev.drover.core.tool;

import dev.drover.core.computer.Computer;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.EgressGuard;

/** What a tool works with in one run. */
public record ToolContext(Computer computer, EgressGuard egress, LentSecrets secrets, Belongings belongings) {
    public ToolContext(Computer computer, EgressGuard egress, LentSecrets secrets) {
        this(computer, egress, secrets, new Belongings());
    }
}
