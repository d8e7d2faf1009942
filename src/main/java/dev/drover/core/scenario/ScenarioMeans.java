package dev.drover.core.scenario;

import dev.drover.core.connection.ServiceAccounts;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.Toolbox;

/**
 * What scenarios are done with.
 *
 * @param builtin all tools of this server
 * @param guard for what is asked outside of any run
 */
public record ScenarioMeans(
        ServiceAccounts connections,
        ToolServers servers,
        Requests requests,
        Outputs outputs,
        Toolbox builtin,
        Schemas schemas,
        EgressGuard guard) {}
