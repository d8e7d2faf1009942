package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.CamelCase;
import dev.drover.core.agent.Agent;
import dev.drover.core.conversation.Configuration;
import dev.drover.core.conversation.Settings;
import dev.drover.core.conversation.TalkingAgent;
import dev.drover.core.id.UserId;
import dev.drover.core.scenario.Grants;
import dev.drover.core.tool.ToolGrant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent as lists show it (contract, section 3.1). */
@CamelCase
record MakeAgent(
        String id,
        String name,
        int teamId,
        Instant createdAt,
        String systemPrompt,
        String defaultModel,
        MakeSettings.Invocation invocationConfig,
        List<MakeSettings.Scenario> scenarios,
        List<Server> mcpConfigs,
        MakeSettings.History historyConfig,
        MakeSettings.Llm llmConfig,
        List<MakeContext> contexts,
        MakeSettings.Output outputParser) {
    static MakeAgent of(TalkingAgent talking, int team, Grants grants) {
        Agent agent = talking.agent();
        Settings settings = talking.settings();
        return new MakeAgent(
                agent.id().toString(),
                agent.name(),
                team,
                agent.createdAt(),
                prompt(agent.prompt()),
                talking.model().model(),
                MakeSettings.invocation(settings),
                MakeSettings.scenarios(settings),
                settings.servers().stream()
                        .map(server -> Server.of(agent.owner(), server, grants))
                        .toList(),
                new MakeSettings.History(settings.history()),
                new MakeSettings.Llm(settings.maxTokens()),
                talking.contexts().stream().map(MakeContext::of).toList(),
                MakeSettings.Output.of(settings.output()));
    }

    private static String prompt(@Nullable String own) {
        return own == null ? "" : own;
    }

    /** What a list says of a connected server of tools. */
    @CamelCase
    record Server(int mcpConnectionId, List<String> toolIds, String name) {
        static Server of(UserId owner, ToolGrant.OfServer server, Grants grants) {
            return new Server(
                    server.connection().value(),
                    server.tools(),
                    grants.serverName(owner, server.connection()).orElse(""));
        }
    }

    /** The answer to a creation: exactly these, and the id under a name of its own (section 3.2). */
    @CamelCase
    record Created(
            String agentId, String name, int teamId, int makeConnectionId, String defaultModel, String systemPrompt) {}

    /** One agent by itself (section 3.3). */
    @CamelCase
    record Detail(
            String id,
            String name,
            int teamId,
            Instant createdAt,
            String systemPrompt,
            String defaultModel,
            MakeSettings.Invocation invocationConfig,
            List<MakeSettings.Scenario> scenarios,
            List<ServerDetail> mcpConfigs,
            MakeSettings.History historyConfig,
            MakeSettings.Llm llmConfig,
            List<MakeContext> contexts,
            MakeSettings.Output outputParser,
            int makeConnectionId,
            String makeConnectionType,
            int llmProviderId,
            List<Past> pastConfigurations) {
        static Detail of(TalkingAgent talking, int team, Grants grants) {
            MakeAgent item = MakeAgent.of(talking, team, grants);
            UserId owner = talking.agent().owner();
            int connection = talking.model().connection().value();
            return new Detail(
                    item.id,
                    item.name,
                    team,
                    item.createdAt,
                    item.systemPrompt,
                    item.defaultModel,
                    item.invocationConfig,
                    item.scenarios,
                    talking.settings().servers().stream()
                            .map(server -> ServerDetail.of(owner, server, grants))
                            .toList(),
                    item.historyConfig,
                    item.llmConfig,
                    item.contexts,
                    item.outputParser,
                    connection,
                    talking.model().type(),
                    connection,
                    talking.past().stream()
                            .map(past -> Past.of(owner, past, grants))
                            .toList());
        }
    }

    /** What a single agent says of a connected server: its tools themselves. */
    @CamelCase
    record ServerDetail(int mcpConnectionId, List<Tool> tools, String name) {
        static ServerDetail of(UserId owner, ToolGrant.OfServer server, Grants grants) {
            return new ServerDetail(
                    server.connection().value(),
                    grants.tools(owner, server).stream()
                            .map(tool -> new Tool(tool.id(), tool.name(), tool.description()))
                            .toList(),
                    grants.serverName(owner, server.connection()).orElse(""));
        }
    }

    @CamelCase
    record Tool(String id, String name, String description) {}

    /** What an agent was before a change. */
    @CamelCase
    record Past(
            String name,
            MakeSettings.Llm llmConfig,
            List<MakeSettings.Scenario> scenarios,
            List<Server> mcpConfigs,
            String defaultModel,
            String systemPrompt,
            MakeSettings.History historyConfig,
            MakeSettings.Invocation invocationConfig) {
        static Past of(UserId owner, Configuration past, Grants grants) {
            Settings settings = past.settings();
            return new Past(
                    past.name(),
                    new MakeSettings.Llm(settings.maxTokens()),
                    MakeSettings.scenarios(settings),
                    settings.servers().stream()
                            .map(server -> Server.of(owner, server, grants))
                            .toList(),
                    past.model(),
                    prompt(past.prompt()),
                    new MakeSettings.History(settings.history()),
                    MakeSettings.invocation(settings));
        }
    }

    /** The body of a creation, as documented. */
    @CamelCase
    record Wish(
            String name,
            int teamId,
            int makeConnectionId,
            String defaultModel,
            String systemPrompt,
            MakeSettings.@Nullable Llm llmConfig,
            MakeSettings.@Nullable Invocation invocationConfig,
            @Nullable List<MakeSettings.Scenario> scenarios,
            MakeSettings.@Nullable History historyConfig,
            @Nullable List<Server> mcpConfigs,
            @Nullable List<ContextRef> contexts,
            MakeSettings.@Nullable Output outputParserFormat) {}

    /** The body of a change, as documented. */
    @CamelCase
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            @Nullable String name,
            @Nullable String systemPrompt,
            @Nullable String defaultModel,
            MakeSettings.@Nullable Llm llmConfig,
            MakeSettings.@Nullable Invocation invocationConfig,
            @Nullable List<MakeSettings.Scenario> scenarios,
            MakeSettings.@Nullable History historyConfig,
            @Nullable List<Server> mcpConfigs,
            MakeSettings.@Nullable Output outputParserFormat) {}

    @CamelCase
    record ContextRef(String id) {}
}
