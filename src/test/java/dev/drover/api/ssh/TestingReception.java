package dev.drover.api.ssh;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import dev.drover.core.terminal.FileServer;
import dev.drover.core.terminal.Reception;
import dev.drover.core.terminal.Session;
import dev.drover.core.terminal.SessionOrder;
import java.util.Optional;
import java.util.UUID;

/** One computer, with one key and one password that open it. */
record TestingReception(Computer computer, String publicKey, String password) implements Reception {
    static final AccessId BY_KEY = new AccessId(new UUID(0, 1));
    static final AccessId BY_PASSWORD = new AccessId(new UUID(0, 2));

    @Override
    public Optional<AccessId> byKey(AgentId agent, String given) {
        return given.equals(publicKey) ? Optional.of(BY_KEY) : Optional.empty();
    }

    @Override
    public Optional<AccessId> byPassword(AgentId agent, String given) {
        return given.equals(password) ? Optional.of(BY_PASSWORD) : Optional.empty();
    }

    @Override
    public Session open(AgentId agent, SessionOrder order) throws ComputerFailure, InterruptedException {
        return Session.open(computer, order);
    }

    @Override
    public Dialogue files(AgentId agent) throws ComputerFailure, InterruptedException {
        return FileServer.open(computer);
    }
}
