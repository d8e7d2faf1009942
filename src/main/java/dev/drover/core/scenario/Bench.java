package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerOnDemand;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.Belongings;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import java.util.Map;

/** Where a tool works once for nobody's agent: with a computer only if it uses one, and that one gone afterwards. */
public final class Bench {
    private final Computers computers;
    private final ComputerSpec.Limits limits;
    private final EgressGuard guard;
    private final Ids ids;

    public Bench(Computers computers, ComputerSpec.Limits limits, EgressGuard guard, Ids ids) {
        this.computers = computers;
        this.limits = limits;
        this.guard = guard;
        this.ids = ids;
    }

    Json work(ShowingTool tool, Json input, UserId owner) throws ToolRefusal, InterruptedException {
        AgentId nobody = new AgentId(ids.next());
        ComputerSpec spec = new ComputerSpec(nobody, limits, Map.of(), guard);
        // Belongings go first: an open browser lives inside the computer.
        try (Computer computer = new ComputerOnDemand(() -> computers.open(spec));
                Belongings belongings = new Belongings()) {
            ToolContext.Behalf behalf = new ToolContext.Behalf(owner, nobody, null);
            return tool.show(input, new ToolContext(computer, guard, behalf, LentSecrets.NONE, belongings))
                    .output();
        }
    }
}
