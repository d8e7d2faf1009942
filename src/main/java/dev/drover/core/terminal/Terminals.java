package dev.drover.core.terminal;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import dev.drover.core.machine.FleetEvent;
import dev.drover.core.machine.Machine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Ways into the computers that agents keep: opened for a while, and closed in time. */
public final class Terminals implements Reception {
    private final TerminalRoom room;

    public Terminals(TerminalRoom room) {
        this.room = room;
    }

    /** Refuses while the server's administrator has not allowed ways in at all. */
    public void needEnabled() {
        if (!room.enabled().getAsBoolean()) {
            throw new Refused(new Problem.Forbidden(
                    "SSH access is disabled. An administrator can enable it with the setting ssh_access_enabled"));
        }
    }

    /** Refuses as {@code Agent is not running} when it is not. */
    public Computer computer(AgentId agent) {
        return room.machines().computer(agent);
    }

    /** Opens a way in. The computer must be on. */
    public IssuedAccess issue(Reached reached, IssueAccess order) {
        computer(reached.id());
        int port = room.machines()
                .find(reached.id())
                .map(Machine::port)
                .orElseThrow(() -> new Refused(new Problem.WrongState("Agent is not running")));
        Instant now = room.clock().instant();
        Duration time = order.time(room.mostHours());
        String comment = "trinity-ephemeral-" + reached.name() + "-" + now.getEpochSecond();
        Proof proof = Proof.of(order, room.keys(), comment);
        SshAccess access = new SshAccess(
                new AccessId(room.ids().next()),
                reached.id(),
                proof.publicKey(),
                proof.passwordHash(),
                comment,
                reached.caller().actor(),
                now,
                now.plus(time));
        room.transactions().run(() -> {
            room.store().insert(access);
            room.audit()
                    .record(
                            reached.caller().actor(),
                            "agent.ssh_access",
                            reached.id().toString(),
                            order.method().word() + " until " + access.expiresAt());
        });
        listen(access);
        return new IssuedAccess(
                order.method(), port, comment, proof.privateKey(), proof.password(), time, access.expiresAt());
    }

    /** Closes all ways into an agent's computer and ends the sessions. Harmless when there are none. */
    public void revokeOf(AgentId agent) {
        room.store().deleteOf(agent);
        room.doorkeeper().look();
    }

    /** Forgets the ways into the computer of an agent that is being deleted; the sessions end when it is gone. */
    public void forget(AgentId agent) {
        room.store().deleteOf(agent);
    }

    /** A computer that goes off takes the ways into it along; one that comes back lets in again. Returns at once. */
    public void hear(FleetEvent event) {
        if (event instanceof FleetEvent.Stopped || event instanceof FleetEvent.Deleted) {
            AgentId agent = event.agent();
            Thread.ofVirtual().name("ssh-revoke").start(() -> revokeOf(agent));
        } else if (event instanceof FleetEvent.Started) {
            room.doorkeeper().look();
        }
    }

    @Override
    public Optional<AccessId> byKey(AgentId agent, String publicKey) {
        return standing(agent, access -> publicKey.equals(access.publicKey()));
    }

    @Override
    public Optional<AccessId> byPassword(AgentId agent, String password) {
        byte[] hash = Proof.hash(password);
        return standing(agent, access -> Proof.same(hash, access.password()));
    }

    @Override
    public Session open(AgentId agent, SessionOrder order) throws ComputerFailure, InterruptedException {
        return Session.open(computer(agent), order);
    }

    @Override
    public Dialogue files(AgentId agent) throws ComputerFailure, InterruptedException {
        return FileServer.open(computer(agent));
    }

    /** Runs a command in the agent's computer, which must be on. */
    public RunningCommand run(Reached reached, RunCommand order) {
        Computer computer = computer(reached.id());
        room.audit().record(reached.caller().actor(), "agent.exec", reached.id().toString(), "");
        try {
            return RunningCommand.start(computer, order);
        } catch (ComputerFailure e) {
            throw new Refused(new Problem.Failed("Failed to run the command: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Failed("Failed to run the command: the server is stopping"));
        }
    }

    /** Where the gateway must listen now. */
    Set<Gateway.Place> places() {
        Instant now = room.clock().instant();
        room.store().deleteExpired(now);
        if (!room.enabled().getAsBoolean()) {
            return Set.of();
        }
        Map<AgentId, Set<AccessId>> ways =
                room.store().all(now).stream().collect(groupingBy(SshAccess::agent, mapping(SshAccess::id, toSet())));
        Set<Gateway.Place> places = new HashSet<>();
        ways.forEach((agent, ids) -> room.machines()
                .find(agent)
                .filter(machine -> isOn(agent))
                .ifPresent(machine -> places.add(new Gateway.Place(agent, machine.port(), ids))));
        return places;
    }

    /** A way in behind which nobody listens is none. */
    private void listen(SshAccess access) {
        try {
            room.doorkeeper().lookNow();
        } catch (IOException e) {
            room.store().delete(access.id());
            throw new Refused(new Problem.Failed("Failed to create SSH access: " + e.getMessage()));
        }
    }

    private Optional<AccessId> standing(AgentId agent, Predicate<SshAccess> fits) {
        if (!room.enabled().getAsBoolean()) {
            return Optional.empty();
        }
        return room.store().of(agent, room.clock().instant()).stream()
                .filter(fits)
                .findFirst()
                .map(SshAccess::id);
    }

    private boolean isOn(AgentId agent) {
        try {
            computer(agent);
            return true;
        } catch (Refused e) {
            return false;
        }
    }
}
