package dev.drover;

import dev.drover.api.TrinityRoutes;
import dev.drover.api.http.Route;
import dev.drover.api.trinity.TrinityAgentPath;
import dev.drover.api.trinity.TrinityAgents;
import dev.drover.api.trinity.TrinityInfo;
import dev.drover.api.trinity.TrinityMachines;
import dev.drover.api.trinity.TrinityWish;
import dev.drover.core.agent.Agents;
import dev.drover.core.agent.AvatarStore;
import dev.drover.core.agent.Avatars;
import dev.drover.core.agent.McpKeys;
import dev.drover.core.agent.NamedAgentStore;
import dev.drover.core.agent.NamedAgents;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.ServerDoor;
import dev.drover.core.machine.CreationOnceStore;
import dev.drover.core.machine.CredentialFiles;
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.machine.FleetStore;
import dev.drover.core.machine.FolderStore;
import dev.drover.core.machine.HolderStore;
import dev.drover.core.machine.HomeCare;
import dev.drover.core.machine.MachineBooks;
import dev.drover.core.machine.MachineFloor;
import dev.drover.core.machine.MachineLog;
import dev.drover.core.machine.MachineLogStore;
import dev.drover.core.machine.MachineRoom;
import dev.drover.core.machine.MachineSpecs;
import dev.drover.core.machine.MachineStore;
import dev.drover.core.machine.Machines;
import dev.drover.core.machine.Portraits;
import dev.drover.core.machine.Ports;
import dev.drover.core.machine.RemoteTemplates;
import dev.drover.core.machine.SharedFolders;
import dev.drover.core.machine.TemplateStore;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.Runs;
import dev.drover.core.usage.Meter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The computers that agents keep, and how the Trinity dialect speaks of them.
 *
 * @param guard of all that leaves these, with their way to this server
 */
record MachineSetup(
        Settings settings,
        EgressGuard guard,
        MachineBooks books,
        MachineSpecs specs,
        HolderStore holders,
        RuntimeSetup programs,
        MachineFloor floor,
        RemoteTemplates repositories,
        SkillSetup skills,
        Avatars avatars,
        FleetEvents events,
        CredentialFiles credentials,
        TrinityAgentPath path) {
    /** @param house whose host and guard they have */
    static MachineSetup open(WorkshopSetup house, Ground ground, Agents agents, Book book, Meter meter) {
        Settings settings = house.settings();
        ComputerChoice computers = house.computers();
        var jdbi = ground.database().jdbi();
        MachineLogStore lines = new MachineLogStore(jdbi);
        MachineBooks books = new MachineBooks(
                new MachineStore(jdbi),
                new MachineLog(lines, book.clock()),
                new CreationOnceStore(jdbi),
                new FleetStore(jdbi),
                agents,
                book.clock());
        agents.whenDeleted(books::forget);
        NamedAgents named = new NamedAgents(new NamedAgentStore(jdbi));
        SharedFolders folders = new SharedFolders(new FolderStore(jdbi), named);
        RuntimeSetup programs = RuntimeSetup.open(settings, ground);
        EgressGuard toUs = house.guard().withServer(new ServerDoor());
        MachineSpecs specs = new MachineSpecs(computers.installation(), toUs, programs.doors(meter), folders);
        FleetEvents events = new FleetEvents();
        CredentialFiles credentials = FilesRoom.credentials(settings.files());
        RemoteTemplates repositories = settings.templates().remote(new TemplateStore(jdbi), books.log());
        SkillSetup skills = SkillSetup.open(settings, house.guard(), ground, book);
        HomeCare care = new HomeCare(credentials, repositories, skills.skills());
        HolderStore holders = new HolderStore(
                jdbi, ground.node(), specs.host(), settings.node().computerWait());
        MachineFloor floor = new MachineFloor(computers.computers(), specs, books, holders, events, care);
        TrinityAgentPath path = new TrinityAgentPath(named);
        Avatars avatars = new Avatars(new AvatarStore(jdbi), book.clock());
        return new MachineSetup(
                settings,
                toUs,
                books,
                specs,
                holders,
                programs,
                floor,
                repositories,
                skills,
                avatars,
                events,
                credentials,
                path);
    }

    /** Ready to take up what other servers left. */
    Machines start(Core core) {
        core.closing().with(floor);
        Machines machines = machines(core.room(), core.runs(), core.entrance().mcpKeys());
        core.room().agents().afterDeletion(machines::removed);
        machines.prepare(core.entrance().admin(), core.ground().folder().isFirst());
        return machines;
    }

    List<Route> routes(Machines machines, FleetRoom fleet, Book book) {
        List<Route> routes = new ArrayList<>(TrinityRoutes.agents(
                new TrinityAgents(
                        machines,
                        new Portraits(books.machines(), fleet.sharing(), avatars),
                        path,
                        new TrinityWish(settings.agentImages())),
                new TrinityMachines(machines, path, book.clock()),
                new TrinityInfo(machines, path)));
        routes.addAll(FilesRoom.routes(settings.files(), credentials, machines, path, book.audit()));
        return routes;
    }

    private Machines machines(RunRoom room, Runs runs, McpKeys keys) {
        return new Machines(new MachineRoom(
                books,
                floor,
                specs,
                holders,
                new Ports(MachineSetup::isFree),
                settings.templates().local(),
                repositories,
                avatars,
                events,
                room.agents(),
                runs,
                keys,
                room.workshop().profiles(),
                room.transactions(),
                room.audit(),
                room.ids(),
                room.workshop().clock()));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
