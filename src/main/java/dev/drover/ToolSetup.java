package dev.drover;

import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.WebClient;
import dev.drover.core.id.AgentId;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Plan;
import dev.drover.provider.http.PinnedWebClient;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.tool.browser.BrowserTool;
import dev.drover.provider.tool.files.DeleteTool;
import dev.drover.provider.tool.files.ListTool;
import dev.drover.provider.tool.files.ReadTool;
import dev.drover.provider.tool.files.WriteTool;
import dev.drover.provider.tool.http.HttpTool;
import dev.drover.provider.tool.mcp.McpFile;
import dev.drover.provider.tool.mcp.McpTools;
import dev.drover.provider.tool.shell.ShellTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All tools that there are on this server. */
final class ToolSetup {
    private ToolSetup() {}

    /** @param more tools that come with something else of this server */
    static Toolbox toolbox(
            Settings settings, Computers computers, Schemas schemas, EgressGuard guard, List<Tool> more) {
        WebClient web = new PinnedWebClient();
        List<Tool> tools = new ArrayList<>(BrowserTool.all());
        tools.add(new ShellTool());
        tools.add(new ReadTool());
        tools.add(new WriteTool());
        tools.add(new ListTool());
        tools.add(new DeleteTool());
        tools.add(new HttpTool(web));
        tools.addAll(more);
        tools.addAll(new McpTools(web, schemas)
                .of(McpFile.read(settings.reach()), computers, trial(settings.plan(), guard)));
        return new Toolbox(tools, ToolStyle.JETTSON, schemas, new JacksonTrimmer());
    }

    /** A computer for nobody, in which servers of tools are asked once what they offer. */
    private static ComputerSpec trial(Plan plan, EgressGuard guard) {
        return new ComputerSpec(new AgentId(UUID.randomUUID()), ComputerSpec.Limits.of(plan), Map.of(), guard);
    }
}
