package dev.drover.core.run;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.Execution;
import dev.drover.core.computer.KeptComputers;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Readiness;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.id.AgentId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A computer that an agent keeps, without the room that manages such ones. */
final class TestingMachine implements KeptComputers, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Computers computers;
    private final Computer computer;

    private TestingMachine(Computers computers, Computer computer) {
        this.computers = computers;
        this.computer = computer;
    }

    /** Skips the test where there are no such computers. */
    static TestingMachine open(Computers computers, Path folder, AgentId agent, ModelDoor models) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Readiness readiness = computers.probe();
        assumeTrue(readiness.ready(), "needs " + computers.kind() + ": " + readiness.summary());
        EgressGuard guard = new EgressGuard(host -> List.of(InetAddress.getAllByName(host)), List.of(), List.of());
        ComputerSpec.Limits limits = new ComputerSpec.Limits(4L << 30, 2, 1024, 8L << 30);
        return new TestingMachine(
                computers,
                computers.open(new ComputerSpec(agent, limits, Map.of(), guard.withModels(models), Layout.KEPT)));
    }

    /** Puts a program in its place. */
    TestingMachine with(String command, String script) throws Exception {
        computer.workspace().write(".local/bin/" + command, script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        run("chmod +x ~/.local/bin/" + command);
        return this;
    }

    String run(String command) {
        try {
            Execution execution = computer.run(command, PATIENCE);
            return execution.stdout() + execution.stderr();
        } catch (ComputerFailure | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Computer computer() {
        return computer;
    }

    /** What is borrowed outlives whoever borrows it. */
    @Override
    public Optional<Computer> borrow(AgentId agent) {
        return Optional.of((Computer) Proxy.newProxyInstance(
                Computer.class.getClassLoader(), new Class<?>[] {Computer.class}, (_, method, arguments) -> {
                    if (Set.of("stop", "close").contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(computer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public Set<AgentId> homes() {
        return Set.of();
    }

    @Override
    public void close() throws ComputerFailure {
        computer.close();
        computers.sweep(Set.of());
    }
}
