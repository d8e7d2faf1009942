package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The computers that agents keep between their runs. */
public interface KeptComputers {
    /** No agent keeps one. */
    KeptComputers NONE = new KeptComputers() {
        @Override
        public Optional<Computer> borrow(AgentId agent) {
            return Optional.empty();
        }

        @Override
        public Set<AgentId> homes() {
            return Set.of();
        }
    };

    /**
     * The computer that the agent keeps, for one run: started when it is not on. What is borrowed outlives the run: to
     * stop or close it does nothing but end the loan. Empty when the agent keeps none.
     *
     * @throws ComputerFailure when somebody turned it off, or it does not start
     */
    Optional<Computer> borrow(AgentId agent) throws ComputerFailure, InterruptedException;

    /** Which server has it, made this one where it can be: the one on which runs of the agent are worked. */
    default Keeper keeper(AgentId agent) {
        return new Keeper.Here();
    }

    /** What lies secret in the agent's home, by name: not for logs. */
    default Map<String, String> secrets(AgentId agent) {
        return Map.of();
    }

    /** Whose workspaces are to stay on this host, whether their computers are on or not. */
    Set<AgentId> homes();
}
