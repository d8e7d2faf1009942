package dev.drover;

import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.run.RunObserver;
import dev.drover.core.run.Workshop;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Metering;
import dev.drover.provider.json.NetworkntSchemas;

/** All that runs are worked with, but what users make themselves. */
record WorkshopSetup(
        Settings settings,
        ComputerChoice computers,
        SecretLender secrets,
        EgressGuard guard,
        MemorySetup memory,
        Toolbox toolbox,
        NetworkntSchemas schemas) {
    static WorkshopSetup of(
            Settings settings, ComputerChoice computers, SecretLender secrets, EgressGuard guard, MemorySetup memory) {
        NetworkntSchemas schemas = new NetworkntSchemas();
        Toolbox toolbox = ToolSetup.toolbox(settings, computers.computers(), schemas, guard, memory.tools());
        return new WorkshopSetup(settings, computers, secrets, guard, memory, toolbox, schemas);
    }

    Workshop with(MakeSetup made, MachineSetup machines, RunObserver observer, Metering metering) {
        return new Workshop(
                made.connections().profiles(),
                computers.computers(),
                computers.place(),
                machines.floor(),
                toolbox,
                made.scenarios().tools(),
                schemas,
                secrets,
                guard,
                settings.plan(),
                metering,
                Workshop.ITERATION_CAP,
                memory.forRuns(),
                made.contexts().references(),
                observer,
                machines.programs().runtimes(),
                memory.clock());
    }
}
