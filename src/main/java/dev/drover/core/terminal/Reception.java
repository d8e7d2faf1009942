package dev.drover.core.terminal;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import java.util.Optional;

/** What a gateway asks about whoever knocks, and lets them into. */
public interface Reception {
    /** The way in that the key opens now; the key as OpenSSH writes it, without a comment. */
    Optional<AccessId> byKey(AgentId agent, String publicKey);

    /** The way in that the password opens now. */
    Optional<AccessId> byPassword(AgentId agent, String password);

    /** A session in the agent's computer. */
    Session open(AgentId agent, SessionOrder order) throws ComputerFailure, InterruptedException;

    /** The agent's files as SFTP sees them, version 3: a server inside the computer that speaks over a dialogue. */
    Dialogue files(AgentId agent) throws ComputerFailure, InterruptedException;
}
