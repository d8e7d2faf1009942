package dev.drover;

import dev.drover.api.TrinityRoutes;
import dev.drover.api.http.Route;
import dev.drover.api.ssh.SshGateway;
import dev.drover.api.ssh.SshLimits;
import dev.drover.api.trinity.TrinityAgentPath;
import dev.drover.api.trinity.TrinityExec;
import dev.drover.api.trinity.TrinitySsh;
import dev.drover.core.StartFailure;
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
import java.nio.file.Path;
import java.util.List;

/** Ways for people into agents' computers. */
record TerminalSetup(Terminals terminals, TrinitySsh.Address address) {
    /** Listens from now on wherever there is a way in. */
    static TerminalSetup open(Core core, Machines machines, FleetEvents events) {
        SshChoice choice = core.settings().ssh();
        Closing closing = core.closing();
        ServerSettings switches = core.entrance().settings();
        OpenSshKeys keys = new OpenSshKeys();
        Path hostKey = core.ground().folder().path().resolve("ssh-host.key");
        SshGateway gateway = closing.with(new SshGateway(address(choice.bind()), hostKey, keys, SshLimits.USUAL));
        Doorkeeper doorkeeper = closing.with(new Doorkeeper(gateway));
        Terminals terminals = new Terminals(new TerminalRoom(
                new SshAccessStore(core.ground().database().jdbi()),
                machines,
                keys,
                doorkeeper,
                () -> switches.isOn(Switch.SSH_ACCESS_ENABLED),
                choice.mostHours(),
                core.ground().database(),
                core.book().audit(),
                core.book().ids(),
                core.book().clock()));
        core.room().agents().whenDeleted(terminals::forget);
        FleetEvents.Listening _ = closing.with(events.listen(terminals::hear));
        gateway.receiveBy(terminals);
        doorkeeper.begin(terminals);
        return new TerminalSetup(terminals, new TrinitySsh.Address(choice::told, gateway::fingerprint));
    }

    List<Route> routes(TrinityAgentPath path) {
        return TrinityRoutes.terminals(new TrinitySsh(terminals, path, address), new TrinityExec(terminals, path));
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
