package dev.drover.core.tool;

import dev.drover.core.computer.Computer;
import dev.drover.core.egress.EgressGuard;

/** What a tool works with in one run. */
public record ToolContext(Computer computer, EgressGuard egress, Belongings belongings) {
    public ToolContext(Computer computer, EgressGuard egress) {
        this(computer, egress, new Belongings());
    }
}
