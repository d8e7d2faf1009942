package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.tool.ToolAnswer;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import java.util.List;

/** SPI: servers elsewhere that offer tools. */
public interface ToolServers {
    /** All that it offers now; refused when it cannot be asked. */
    List<Offered> tools(ServiceAccount account, EgressGuard egress) throws ToolRefusal, InterruptedException;

    /** Calls one by its name there; a session lasts as long as the belongings of the context. */
    ToolAnswer call(ServiceAccount account, String tool, Json input, ToolContext context)
            throws ToolRefusal, InterruptedException;

    /**
     * A tool as its server describes it.
     *
     * @param repeatable whether it says that a call may be made twice without harm
     */
    record Offered(String name, String description, Json inputSchema, boolean repeatable) {}
}
