package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.nio.file.Path;

/**
 * Where one agent's computer lives on the host.
 *
 * @param root everything of this agent; its parents must let the agent's own uid pass
 */
public record AgentFolder(AgentId agent, Path root) {
    public static AgentFolder of(Path computers, AgentId agent) {
        return new AgentFolder(agent, computers.resolve(agent.toString()));
    }

    /** What is {@code /workspace} inside. */
    public Path workspace() {
        return root.resolve("workspace");
    }

    /** The folder of another agent beside it. */
    public AgentFolder of(AgentId other) {
        return new AgentFolder(other, root.resolveSibling(other.toString()));
    }

    /** What programs keep for themselves while the workspace can only be read. */
    public Path state() {
        return root.resolve("state");
    }

    /** What the agent has in common with others, when it offers something; beside the workspace, not in it. */
    public Path shared() {
        return root.resolve("shared");
    }

    /** Files on their way into the workspace; on the same file system, out of the agent's reach. */
    public Path staging() {
        return root.resolve("staging");
    }

    /** What the computer is told of its agent; out of the agent's reach. */
    public Path config() {
        return root.resolve("config");
    }

    /** What the computer reaches the server by; not the agent's to change. */
    public Path sockets() {
        return root.resolve("run");
    }

    /** The socket on which the resident shell calls, once. */
    public Path shellSocket() {
        return sockets().resolve("shell");
    }

    /** The socket of the guarded way out. */
    public Path doorSocket() {
        return sockets().resolve("door");
    }
}
