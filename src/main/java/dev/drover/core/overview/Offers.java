package dev.drover.core.overview;

import dev.drover.core.access.Caller;
import dev.drover.core.connection.Connection;
import dev.drover.core.connection.ConnectionModels;
import dev.drover.core.connection.OfferedModel;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.tool.Toolbox;
import dev.drover.core.usage.Price;
import dev.drover.core.usage.Prices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What whoever gives a task may choose from: models and tools. */
public final class Offers {
    private final ModelProfiles profiles;
    private final ConnectionModels connections;
    private final Prices prices;
    private final Toolbox toolbox;

    public Offers(ModelProfiles profiles, ConnectionModels connections, Prices prices, Toolbox toolbox) {
        this.profiles = profiles;
        this.connections = connections;
        this.prices = prices;
        this.toolbox = toolbox;
    }

    /**
     * A model that a task may name.
     *
     * @param profile the name to ask for it
     * @param connection through which it is reached; null for the server's own
     * @param usual whether it is the one of tasks that name none
     * @param reasons false when it only follows fixed steps
     * @param price null when nobody knows it
     */
    public record Model(
            String profile,
            String vendor,
            String model,
            @Nullable ConnectionId connection,
            @Nullable String connectionName,
            boolean usual,
            boolean reasons,
            int contextTokens,
            int outputTokens,
            @Nullable Price price) {}

    /**
     * A tool that a task may name.
     *
     * @param usual whether tasks have it that name none
     */
    public record Tool(String name, String description, boolean usual) {}

    /** The server's own first, the usual one before all; then those of the caller's connections. */
    public List<Model> models(Caller caller) {
        List<ModelProfile> own = profiles.own();
        List<Model> all = new ArrayList<>(own.stream()
                .map(this::model)
                .sorted(Comparator.comparing(Model::usual).reversed().thenComparing(Model::profile))
                .toList());
        Set<String> known = own.stream().map(ModelProfile::name).collect(Collectors.toSet());
        for (Connection connection : connections.providers(caller)) {
            connections.models(caller, connection.id()).stream()
                    .filter(offered -> !known.contains(offered.name()))
                    .map(offered -> model(connection, offered))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    private Model model(ModelProfile profile) {
        String name = profile.model().name();
        int slash = name.indexOf('/');
        String vendor = slash < 0 ? name : name.substring(0, slash);
        String model = name.substring(slash + 1);
        return new Model(
                profile.name(),
                vendor,
                model,
                null,
                null,
                profile.name().equals(ModelProfile.DEFAULT),
                profile.model().reasons(),
                profile.contextTokens(),
                profile.maxOutputTokens(),
                prices.of(vendor, model).orElse(null));
    }

    private Model model(Connection connection, OfferedModel offered) {
        return new Model(
                connection.id() + "/" + offered.name(),
                offered.provider(),
                offered.name(),
                connection.id(),
                connection.name(),
                false,
                true,
                offered.contextTokens(),
                offered.maxOutputTokens(),
                prices.of(offered.provider(), offered.name()).orElse(null));
    }

    /** In the order in which models see them. */
    public List<Tool> tools() {
        Set<String> usual =
                toolbox.usual().offers().stream().map(offer -> offer.name()).collect(Collectors.toSet());
        return toolbox.offers().stream()
                .map(offer -> new Tool(offer.name(), line(offer.description()), usual.contains(offer.name())))
                .toList();
    }

    /** The first sentence. */
    private static String line(String description) {
        String text = description.strip().replaceAll("\\s+", " ");
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
