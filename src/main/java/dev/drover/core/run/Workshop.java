package dev.drover.core.run;

import dev.drover.core.computer.Computers;
import dev.drover.core.computer.KeptComputers;
import dev.drover.core.context.References;
import dev.drover.core.credential.SecretLender;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.memory.Remembrance;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.runtime.Runtimes;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.ToolSource;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Metering;
import dev.drover.core.usage.Plan;
import java.time.Clock;

/**
 * What every run on this server is worked with.
 *
 * @param place where the workspaces of its computers lie: servers that name the same one find each other's
 * @param toolbox the tools of the server
 * @param made the tools that users made
 * @param references what agents look things up in
 */
public record Workshop(
        ModelProfiles profiles,
        Computers computers,
        String place,
        KeptComputers kept,
        Toolbox toolbox,
        ToolSource made,
        Schemas schemas,
        SecretLender secrets,
        EgressGuard egress,
        Plan plan,
        Metering metering,
        int iterationCap,
        Remembrance memory,
        References references,
        RunObserver observer,
        Runtimes runtimes,
        Clock clock) {
    /** The contract's own cap (Jettson, section 6). */
    public static final int ITERATION_CAP = 20;
}
