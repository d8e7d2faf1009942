package dev.drover.core.machine;

import dev.drover.core.Json;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.id.AgentId;
import dev.drover.core.runtime.Choices;
import dev.drover.core.runtime.Order;
import java.util.List;

/** What machines say about the programs in them, and whether these ask models with the server's keys. */
public final class MachineChoices implements Choices {
    /** What a machine is born with who asks for nothing; nothing is kept from its program then. */
    private static final List<String> USUAL_TOOLS = List.of("filesystem", "web_search");

    private final MachineStore store;
    private final ConfigReader config;
    private final ModelDoor models;

    /** @param models the ways to all vendors whose keys this server has */
    public MachineChoices(MachineStore store, ConfigReader config, ModelDoor models) {
        this.store = store;
        this.config = config;
        this.models = models;
    }

    /** Reads the configuration of a machine. */
    @FunctionalInterface
    public interface ConfigReader {
        Config read(Json config);

        /** Tools and servers of tools by their names, as they were asked for. */
        record Config(List<String> tools, List<String> servers) {}
    }

    @Override
    public Order.Choice of(AgentId agent) {
        return store.find(agent).map(this::choice).orElse(Order.Choice.USUAL);
    }

    private Order.Choice choice(Machine machine) {
        ConfigReader.Config wish = config.read(machine.config());
        List<String> tools = wish.tools().isEmpty() || wish.tools().equals(USUAL_TOOLS) ? null : wish.tools();
        return new Order.Choice(
                machine.runtimeModel(),
                tools,
                wish.servers(),
                machine.settings().platformKey());
    }

    /** The door of one computer; whether it is open is asked at each request. */
    public ModelDoor door(AgentId agent) {
        return vendor -> store.find(agent)
                .filter(machine -> machine.settings().platformKey())
                .flatMap(machine -> models.to(vendor));
    }
}
