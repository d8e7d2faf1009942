package dev.drover;

import dev.drover.core.context.References;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.run.Workshop;
import dev.drover.core.tool.ToolSource;
import dev.drover.provider.json.NetworkntSchemas;

/** All that runs are worked with. */
record WorkshopSetup(
        Settings settings,
        ComputerChoice computers,
        SecretLender secrets,
        EgressGuard guard,
        MemorySetup memory,
        ModelProfiles profiles,
        Telemetry telemetry) {
    Workshop workshop() {
        NetworkntSchemas schemas = new NetworkntSchemas();
        return new Workshop(
                profiles,
                computers.computers(),
                ToolSetup.toolbox(settings, computers.computers(), schemas, guard, memory.tools()),
                ToolSource.NONE,
                schemas,
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
