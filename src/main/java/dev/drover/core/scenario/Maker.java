package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import java.time.Duration;
import java.util.List;

/** Makes tools: of scenarios, and of what servers offer. */
final class Maker {
    private static final String NOUN = "call";

    private final ScenarioRoom room;

    Maker(ScenarioRoom room) {
        this.room = room;
    }

    /** Refused with the reason when what it needs is not to be had. */
    ShowingTool of(Scenario scenario, String name, boolean withApproval) throws ToolRefusal, InterruptedException {
        Recipe recipe = scenario.recipe();
        Work work = work(scenario.owner(), recipe);
        List<Field> input = recipe.input();
        Json schema = input == null ? work.inputSchema() : Field.schema(input);
        return new ScenarioTool(
                new ToolSpec(name, "scenario", NOUN, description(recipe, work), schema),
                work,
                Duration.ofSeconds(recipe.timeoutSeconds()),
                withApproval,
                recipe.output(),
                room.means().outputs());
    }

    private static String description(Recipe recipe, Work work) {
        if (!recipe.description().isBlank()) {
            return recipe.description();
        }
        return work.description().isBlank() ? recipe.name() : work.description();
    }

    ShowingTool of(ToolServers.Offered offered, ConnectionId connection, UserId owner, String name) {
        Work work = serverWork(offered, connection, owner);
        return new ScenarioTool(
                new ToolSpec(name, "MCP", NOUN, offered.description(), offered.inputSchema()),
                work,
                Duration.ofSeconds(Recipe.USUAL_TIMEOUT),
                false,
                null,
                room.means().outputs());
    }

    private Work work(UserId owner, Recipe recipe) throws ToolRefusal, InterruptedException {
        return switch (recipe.action()) {
            case Action.Request request ->
                new RequestWork(request, owner, room.accounts(), room.means().requests());
            case Action.ServerTool tool -> serverWork(offered(owner, tool, recipe), tool.connection(), owner);
            case Action.Builtin builtin ->
                new BuiltinWork(
                        room.means()
                                .builtin()
                                .tool(builtin.tool())
                                .orElseThrow(() -> ToolRefusal.failed(
                                        "this server has no tool '" + builtin.tool() + "' any more")),
                        room.means().schemas());
        };
    }

    private Work serverWork(ToolServers.Offered offered, ConnectionId connection, UserId owner) {
        return new ServerWork(
                offered, connection, owner, room.accounts(), room.means().servers());
    }

    /** What the server says of it. With inputs of our own, a server that is away is a matter of the call. */
    private ToolServers.Offered offered(UserId owner, Action.ServerTool tool, Recipe recipe)
            throws ToolRefusal, InterruptedException {
        ServiceAccount account = room.accounts().lent(owner, tool.connection(), ConnectionKind.MCP);
        try {
            return room.offers()
                    .of(account, tool.tool())
                    .orElseThrow(() ->
                            ToolRefusal.failed("'" + account.name() + "' has no tool '" + tool.tool() + "' any more"));
        } catch (ToolRefusal away) {
            if (recipe.input() == null) {
                throw away;
            }
            return new ToolServers.Offered(tool.tool(), "", Json.EMPTY_OBJECT, false);
        }
    }
}
