package dev.drover.core.machine;

import dev.drover.core.agent.NamedAgents;
import dev.drover.core.agent.Reached;
import dev.drover.core.computer.Layout;
import dev.drover.core.id.AgentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Folders that agents have in common with those that may call them (Trinity contract, section 11). */
public final class SharedFolders {
    /** Where an agent's own is, below its home. */
    public static final String OUT = "shared-out";

    /** Below which those of others are. */
    private static final String IN = "shared-in/";

    private final FolderStore store;
    private final NamedAgents agents;

    public SharedFolders(FolderStore store, NamedAgents agents) {
        this.store = store;
        this.agents = agents;
    }

    /** What a computer of the agent that starts now gets. */
    public List<Layout.Mount> mounts(AgentId agent, MachineSettings settings) {
        List<Layout.Mount> mounts = new ArrayList<>();
        if (settings.exposes()) {
            mounts.add(new Layout.Mount(agent, OUT));
        }
        if (settings.consumes()) {
            store.sources(agent).forEach(source -> mounts.add(new Layout.Mount(source.id(), source.path())));
        }
        return mounts;
    }

    /** Whose folders the agent can have, as far as the caller may know of them. */
    public List<Neighbour> available(Reached agent) {
        return store.sources(agent.id()).stream().filter(known(agent)).toList();
    }

    /** Who can have the agent's, as far as the caller may know of them. */
    public List<Neighbour> consumers(Reached agent) {
        return store.consumers(agent.id()).stream().filter(known(agent)).toList();
    }

    private Predicate<Neighbour> known(Reached agent) {
        Set<String> names = new HashSet<>(agents.accessible(agent.caller()));
        return neighbour -> names.contains(neighbour.name());
    }

    /**
     * The other end of a folder.
     *
     * @param state of its machine, as it is shown
     */
    public record Neighbour(AgentId id, String name, String state) {
        /** Where its folder is seen by others, below their homes. */
        public String path() {
            return IN + name;
        }
    }
}
