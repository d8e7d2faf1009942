package dev.drover.core.run;

import dev.drover.core.agent.Agent;
import java.util.List;

/** An agent with the run that stands for it; progress is oldest first, the newest 200 lines. */
public record RunView(Agent agent, Run run, List<Progress> progress) {
    public RunView {
        progress = List.copyOf(progress);
    }
}
