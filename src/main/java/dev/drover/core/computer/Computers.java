package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Makes isolated computers of one kind. */
public interface Computers extends AutoCloseable {
    /** The kind's name as in {@code DROVER_COMPUTERS}. */
    String kind();

    /** Really opens a computer, runs a command in it and closes it; says what is in force, or what is missing. */
    Readiness probe();

    /**
     * Opens the agent's computer: fresh, or on the workspace that an earlier server left for the same agent. What is in
     * force is measured from inside; a difference from the policy refuses.
     *
     * @throws ComputerFailure when it cannot be provided or is not isolated as it must be
     */
    Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException;

    /**
     * Removes what computers of agents outside this set left behind (processes, cgroups, workspaces, uids).
     *
     * @param last sees each workspace before it goes; if it fails, that one stays for the next sweep
     */
    void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last);

    /**
     * Whether it honours a layout whole: a home that can only be read, folders in common. What it cannot honour it
     * refuses to open.
     */
    boolean confines();

    /**
     * The files of a computer that is not open; of an open one they are in {@link Computer#workspace}. Empty when
     * there are none. What it says of folders in common is what they hold for everybody.
     */
    Optional<Workspace> workspaceOf(AgentId agent);

    /**
     * Removes whatever is left of a computer that is not open: processes, workspace, the agent's own folder in common,
     * uid. Idempotent.
     *
     * @throws ComputerFailure when it is open, or something could not be removed; {@link #sweep} tries again
     */
    void discard(AgentId agent) throws ComputerFailure;

    /** The same, with no look back. */
    default void sweep(Set<AgentId> keep) {
        sweep(keep, (agent, workspace) -> {});
    }

    /**
     * The id of an agent to come, for whose computer everything is ready: who makes an agent that keeps a computer may
     * give it this id, and finds it open sooner. Each is told once. Empty when none is ready.
     */
    default Optional<AgentId> prepared() {
        return Optional.empty();
    }

    /** Shows an open computer under another name from now on, where computers are known by names. */
    default void rename(AgentId agent, String name) throws ComputerFailure {}

    /** Computers of this platform that are none of this server's. */
    default List<FoundComputer> found() throws ComputerFailure {
        return List.of();
    }

    /** Whether the open computer of an agent was removed by somebody else, so that nothing is left to look at. */
    default boolean isGone(AgentId agent) {
        return false;
    }

    /** Lets go of what stands ready for agents to come. */
    @Override
    default void close() {}
}
