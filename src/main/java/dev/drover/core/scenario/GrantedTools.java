package dev.drover.core.scenario;

import dev.drover.core.connection.ConnectionKind;
import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolGrant;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scenarios and servers' tools that one run may call. */
public final class GrantedTools implements ToolSource {
    private static final Logger LOG = LoggerFactory.getLogger(GrantedTools.class);

    private final ScenarioRoom room;
    private final Maker maker;

    public GrantedTools(ScenarioRoom room) {
        this.room = room;
        this.maker = new Maker(room);
    }

    @Override
    public List<Tool> of(UserId owner, List<ToolGrant> granted) throws InterruptedException {
        return of(owner, granted, missing -> LOG.warn("{}", missing));
    }

    @Override
    public List<Tool> of(UserId owner, List<ToolGrant> granted, Consumer<String> missing) throws InterruptedException {
        ToolNames names = new ToolNames();
        List<Tool> tools = new ArrayList<>();
        for (ToolGrant grant : granted) {
            try {
                switch (grant) {
                    case ToolGrant.OfScenario scenario -> tools.add(scenario(owner, scenario, names));
                    case ToolGrant.OfServer server -> tools.addAll(server(owner, server, names, missing));
                }
            } catch (ToolRefusal refusal) {
                missing.accept(word(grant) + " gives no tool: " + refusal.reason());
            }
        }
        return tools;
    }

    private static String word(ToolGrant grant) {
        return switch (grant) {
            case ToolGrant.OfScenario scenario -> "Scenario " + scenario.scenario();
            case ToolGrant.OfServer server -> "Connection " + server.connection();
        };
    }

    private Tool scenario(UserId owner, ToolGrant.OfScenario grant, ToolNames names)
            throws ToolRefusal, InterruptedException {
        Scenario scenario =
                room.store().find(owner, grant.scenario()).orElseThrow(() -> ToolRefusal.failed("it has been deleted"));
        if (!scenario.recipe().active()) {
            throw ToolRefusal.failed("it is not active");
        }
        String name = names.of(scenario.recipe().name(), scenario.id().value());
        return maker.of(scenario, name, grant.withApproval());
    }

    private List<Tool> server(UserId owner, ToolGrant.OfServer grant, ToolNames names, Consumer<String> missing)
            throws ToolRefusal, InterruptedException {
        ServiceAccount account = room.accounts().lent(owner, grant.connection(), ConnectionKind.MCP);
        List<ToolServers.Offered> offered = room.offers().of(account);
        List<Tool> tools = new ArrayList<>();
        for (ToolServers.Offered each : offered) {
            if (grant.tools().isEmpty() || grant.tools().contains(each.name())) {
                String name = names.of(each.name(), grant.connection().value());
                tools.add(maker.of(each, grant.connection(), owner, name));
            }
        }
        Optional<String> gone = grant.tools().stream()
                .filter(name -> offered.stream().noneMatch(each -> each.name().equals(name)))
                .reduce((one, other) -> one + ", " + other);
        gone.ifPresent(lost -> missing.accept(word(grant) + " has no more: " + lost));
        return tools;
    }
}
