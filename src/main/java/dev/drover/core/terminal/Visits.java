package dev.drover.core.terminal;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.NamedAgents;
import dev.drover.core.agent.Reached;
import dev.drover.core.agent.Right;
import dev.drover.core.audit.Audit;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Workspace;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import dev.drover.core.machine.Machines;
import dev.drover.core.machine.ProtectedNames;
import dev.drover.core.machine.ReadOnlyRule;
import dev.drover.core.run.Runs;
import java.util.Map;

/**
 * People in agents' computers that are on: those that agents keep, and those that a run has open on this server. The
 * setting about SSH is none about these, since they come through the server's own door.
 */
public final class Visits {
    private static final Map<String, String> ENVIRONMENT = Map.of("TERM", "xterm-256color");

    private final NamedAgents agents;
    private final Machines machines;
    private final Runs runs;
    private final Audit audit;

    public Visits(NamedAgents agents, Machines machines, Runs runs, Audit audit) {
        this.agents = agents;
        this.machines = machines;
        this.runs = runs;
        this.audit = audit;
    }

    /** An agent by its name or its id; one that the caller may not use is not there. */
    public Reached reach(Caller caller, String nameOrId) {
        Reached reached = Spelling.AGENT
                .read(nameOrId)
                .map(id -> agents.reach(caller, new AgentId(id)))
                .orElseGet(() -> agents.reach(caller, nameOrId));
        if (reached.right() == Right.NONE) {
            throw new Refused(new Problem.NotFound(Problem.Thing.AGENT, nameOrId));
        }
        return reached;
    }

    /** The files in the computer of an agent that the caller may use. */
    public Workspace workspace(Caller caller, String nameOrId) {
        return computer(reach(caller, nameOrId)).workspace();
    }

    /** The same files, to be written, of an agent that keeps its computer: by people whatever its mode. */
    public Workspace home(Caller caller, String nameOrId) {
        Reached reached = reach(caller, nameOrId);
        if (machines.find(reached.id()).isEmpty()) {
            throw new Refused(new Problem.WrongState(
                    "The computer of this agent is its run's alone; files can be put only where an agent keeps one"));
        }
        Workspace home = machines.computer(reached.id()).workspace().guarded(ProtectedNames.FROM_WRITING);
        return caller.agent() == null ? home : home.guarded(ReadOnlyRule.of(machines.settings(reached.id())));
    }

    /** A login shell on a terminal, for the agent's owner and administrators, as with commands. */
    public Session open(Reached reached, Window window) {
        Computer computer = computer(reached.forOwner());
        audit.record(reached.caller().actor(), "agent.terminal", reached.id().toString(), "");
        try {
            return Session.open(computer, new SessionOrder(null, window, ENVIRONMENT));
        } catch (ComputerFailure e) {
            throw new Refused(new Problem.Failed("Failed to open a terminal: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Failed("Failed to open a terminal: the server is stopping"));
        }
    }

    private Computer computer(Reached reached) {
        AgentId agent = reached.id();
        return machines.find(agent).isPresent()
                ? machines.computer(agent)
                : runs.openComputer(agent)
                        .orElseThrow(() -> new Refused(new Problem.WrongState(
                                "No computer of this agent is on here: it has one from the first tool that needs it"
                                        + " until its run is over")));
    }
}
