package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.ssh.SshGateway;
import dev.drover.api.ssh.SshLimits;
import dev.drover.api.trinity.TrinityAgentPath;
import dev.drover.api.trinity.TrinityExec;
import dev.drover.api.trinity.TrinitySsh;
import dev.drover.core.StartFailure;
import dev.drover.core.agent.Agents;
import dev.drover.core.machine.FleetEvent;
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.machine.Machines;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.Switch;
import dev.drover.core.terminal.Doorkeeper;
import dev.drover.core.terminal.SshAccessStore;
import dev.drover.core.terminal.TerminalRoom;
import dev.drover.core.terminal.Terminals;
import dev.drover.provider.secret.OpenSshKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Ways for people into agents' computers. */
record TerminalSetup(Terminals terminals, TrinitySsh.Address address) {
    /** @param agents whose ways in go with them */
    static TerminalSetup open(
            SshChoice choice, Ground ground, Machines machines, Agents agents, ServerSettings switches, Book book) {
        OpenSshKeys keys = new OpenSshKeys();
        SshGateway gateway =
                new SshGateway(address(choice.bind()), ground.folder().path().resolve("ssh-host.key"), keys, SshLimits.USUAL);
        throw new UnsupportedOperationException();
    }

    private static InetAddress address(String bind) {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    "DROVER_SSH_BIND is '" + bind + "': expected an address of this machine, such as 0.0.0.0", e);
        }
    }
}
