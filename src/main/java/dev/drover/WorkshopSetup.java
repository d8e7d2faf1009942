package dev.drover;

import dev.drover.core.context.References;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.run.Workshop;
import dev.drover.core.tool.ToolSource;

/** All that runs are worked with. */
record WorkshopSetup(
        Settings settings,
        ComputerChoice computers,
        SecretLender secrets,
        EgressGuard guard,
        MemorySetup memory,
        ModelProfiles profiles,
        Telemetry telemetry) {
    /** @param made the tools that users made */
    Workshop workshop(ToolSetup tools, ToolSource made) {
        return new Workshop(
                profiles,
                computers.computers(),
                tools.toolbox(),
                made,
                tools.schemas(),
                secrets,
                guard,
                settings.plan(),
                Workshop.ITERATION_CAP,
                memory.forRuns(),
                References.NONE,
                telemetry.observer(),
                memory.clock());
    }
}
