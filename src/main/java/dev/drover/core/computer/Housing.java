package dev.drover.core.computer;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What the kinds of computers do differently about a resident shell. */
public interface Housing {
    /** Starts the shell, which calls on {@link AgentFolder#shellSocket()}; its errors go to the process's stderr. */
    Process launch() throws IOException;

    /**
     * Judges what the shell has measured of itself, and what the host sees of it.
     *
     * @throws ComputerFailure when it differs from the policy; the message names the fact
     */
    Isolation judge(Process process, Map<String, String> measured) throws ComputerFailure;

    /** Memory, CPU and processes now; the disk is not its concern. */
    Computer.Stats use(Process process);

    /** CPU alone, which is asked for again and again: it tells whether anything happens inside. */
    default double cpuSeconds(Process process) {
        return use(process).cpuSeconds();
    }

    /** TERM to everything that commands have started and that is still there; waits for its end within the grace. */
    void terminate(Process process, Duration grace);

    /** Kills all that runs inside and returns when it is gone; again and again, if asked to. */
    void kill(Process process);

    /** Removes what is neither a process nor the agent's folder: control groups, the way out. */
    void dismantle();

    /** Gives back what was the agent's alone, after its folder is gone. */
    void release();
}
