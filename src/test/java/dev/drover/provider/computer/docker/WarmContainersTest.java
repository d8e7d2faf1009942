package dev.drover.provider.computer.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.id.AgentId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that stand ready for agents to come. */
@Timeout(120)
class WarmContainersTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private DockerComputers computers;

    @BeforeEach
    void make() throws Exception {
        computers = TestingEngine.shared().computers(folder, "warm", 1);
    }

    @AfterEach
    void remove() {
        computers.sweep(Set.of());
        computers.close();
    }

    private AgentId prepared() throws InterruptedException {
        while (true) {
            Optional<AgentId> agent = computers.prepared();
            if (agent.isPresent()) {
                return agent.get();
            }
            Thread.sleep(20);
        }
    }

    private static ComputerSpec spec(AgentId agent, ComputerSpec.Limits limits, Layout layout) {
        return new ComputerSpec(
                agent, limits, Map.of("A", "b"), TestingSpecs.spec().egress(), layout, Nameplate.NONE, Map.of());
    }

    @Test
    void opensTheContainerThatStoodReadyAndJudgesItLikeAnyOther() throws Exception {
        AgentId agent = prepared();
        String ready = TestingEngine.only(agent);
        ComputerSpec.Limits limits = new ComputerSpec.Limits(300 << 20, 1.5, 99, TestingEngine.USUAL.diskBytes());
        try (Computer computer = computers.open(spec(agent, limits, Layout.KEPT))) {
            assertThat(computer.isolation().facts())
                    .containsEntry("container", ready)
                    .containsEntry("memory", "engine " + (300 << 20))
                    .containsEntry("cpu", "engine 1.5")
                    .containsEntry("processes", "engine 99");
            assertThat(computer.run("pwd; ls -A; echo $A $USER; echo x > /workspace/y; cat y", ENOUGH)
                            .stdout())
                    .isEqualTo("/home/developer\nb developer\nx\n");
        }
        assertThat(TestingEngine.containers(agent)).isEmpty();
    }

    @Test
    void makesAnotherContainerWhenTheOneThatStoodReadyDoesNotFit() throws Exception {
        AgentId agent = prepared();
        String ready = TestingEngine.only(agent);
        Layout readOnly = Layout.KEPT.readOnly(List.of("output/"));
        try (Computer computer = computers.open(spec(agent, TestingEngine.USUAL, readOnly))) {
            assertThat(computer.isolation().facts().get("container")).isNotEqualTo(ready);
            assertThat(computer.run("echo x > y", ENOUGH).exitCode()).isNotZero();
            assertThat(TestingEngine.containers(agent)).hasSize(1);
        }
    }

    @Test
    void tellsEachIdOnceAndIsFilledAgain() throws Exception {
        AgentId first = prepared();
        AgentId second = prepared();

        assertThat(second).isNotEqualTo(first);
        computers.sweep(Set.of());
        assertThat(TestingEngine.containers(first)).as("promised to somebody").hasSize(1);
    }

    @Test
    void isOpenedAlthoughItsContainerDiedMeanwhile() throws Exception {
        AgentId agent = prepared();
        String ready = TestingEngine.only(agent);
        TestingEngine.remove(ready);

        try (Computer computer = computers.open(spec(agent, TestingEngine.USUAL, Layout.KEPT))) {
            assertThat(computer.run("echo fine", ENOUGH).stdout()).isEqualTo("fine\n");
        }
    }

    @Test
    void leavesNothingWhenItCloses() throws Exception {
        AgentId agent = prepared();
        computers.close();

        assertThat(TestingEngine.containers(agent)).isEmpty();
        assertThat(TestingEngine.volumes("warm")).isEmpty();
        assertThat(folder.resolve("computers/" + agent)).doesNotExist();
    }
}
