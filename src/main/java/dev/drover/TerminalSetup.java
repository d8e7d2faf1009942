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
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.machine.Machines;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.SettingStore;
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
    static TerminalSetup open(
            SshChoice choice, Ground ground, Book book, Machines machines, Agents agents, FleetEvents events, Closing closing) {
        OpenSshKeys keys = new OpenSshKeys();
        Path hostKey = ground.folder().path().resolve("ssh-host.key");
        SshGateway gateway = closing.with(new SshGateway(address(choice.bind()), hostKey, keys, SshLimits.USUAL));
        Doorkeeper doorkeeper = closing.with(new Doorkeeper(gateway));
        var jdbi = ground.database().jdbi();
        ServerSettings switches = new ServerSettings(new SettingStore(jdbi), book.audit(), book.clock());
        Terminals terminals = new Terminals(new TerminalRoom(
                new SshAccessStore(jdbi),
                machines,
                keys,
                doorkeeper,
                () -> switches.isOn(Switch.SSH_ACCESS_ENABLED),
                choice.mostHours(),
                ground.database(),
                book.audit(),
                book.ids(),
                book.clock()));
        agents.whenDeleted(terminals::forget);
        FleetEvents.Listening _ = closing.with(events.listen(terminals::hear));
        gateway.receiveBy(terminals);
        doorkeeper.begin(terminals);
        return new TerminalSetup(terminals, new TrinitySsh.Address(choice::told, gateway.fingerprint()));
    }

    List<Route> routes(TrinityAgentPath path) {
        return Routes.trinityTerminals(new TrinitySsh(terminals, path, address), new TrinityExec(terminals, path));
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
