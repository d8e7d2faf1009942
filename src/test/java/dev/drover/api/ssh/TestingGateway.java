package dev.drover.api.ssh;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.id.AccessId;
import dev.drover.core.terminal.Gateway;
import dev.drover.core.terminal.SshKeys;
import dev.drover.provider.computer.bubblewrap.BubblewrapComputers;
import dev.drover.provider.computer.process.ProcessComputers;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.provider.secret.OpenSshKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A gateway to one computer: isolated where that works here, else a process. */
record TestingGateway(
        SshGateway gateway, Computers computers, Computer computer, Gateway.Place place, TestingClients clients)
        implements AutoCloseable {
    static final String PASSWORD = "aWordForTestsAlone1234567";

    static TestingGateway in(Path folder) throws Exception {
        return in(folder, SshLimits.USUAL);
    }

    static TestingGateway in(Path folder, SshLimits limits) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Computers computers = computers(folder);
        ComputerSpec spec = TestingSpecs.withDisk(256 << 20);
        Computer computer = computers.open(spec);
        SshKeys.Pair pair = new OpenSshKeys().make("a test");
        int port = freePort();
        SshGateway gateway = new SshGateway(
                InetAddress.getLoopbackAddress(), folder.resolve("ssh-host.key"), new OpenSshKeys(), limits);
        gateway.receiveBy(new TestingReception(computer, pair.publicKey(), PASSWORD));
        Gateway.Place place =
                new Gateway.Place(spec.agent(), port, Set.of(TestingReception.BY_KEY, TestingReception.BY_PASSWORD));
        gateway.attend(Set.of(place));
        return new TestingGateway(
                gateway, computers, computer, place, TestingClients.in(folder, port, pair.privateKey()));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** From now on only these ways lead in. */
    void keep(AccessId... ways) throws IOException {
        gateway.attend(Set.of(new Gateway.Place(place.agent(), place.port(), Set.of(ways))));
    }

    private static Computers computers(Path folder) {
        Computers isolated = new BubblewrapComputers(
                folder.resolve("computers"),
                new EgressProxy(),
                "ssh" + ProcessHandle.current().pid());
        return isolated.probe().ready() ? isolated : new ProcessComputers(folder.resolve("processes"));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        computer.close();
        computers.sweep(Set.of());
    }
}
