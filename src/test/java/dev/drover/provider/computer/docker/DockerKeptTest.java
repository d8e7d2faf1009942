package dev.drover.provider.computer.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.TestingSpecs;
import dev.drover.core.id.AgentId;
import dev.drover.provider.computer.bubblewrap.TestingDoors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers of agents that keep their computers: what people see of them, and what is mounted in them. */
@Timeout(120)
class DockerKeptTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private DockerComputers computers;
    private final AgentId agent = new AgentId(UUID.randomUUID());

    @BeforeEach
    void make() throws Exception {
        computers = TestingEngine.shared().computers(folder, "kept", 0);
    }

    @AfterEach
    void remove() {
        if (computers != null) {
            computers.sweep(Set.of());
            computers.close();
        }
    }

    private ComputerSpec spec(AgentId whose, Layout layout, Nameplate nameplate) {
        return new ComputerSpec(
                whose, TestingSpecs.LIMITS, Map.of(), TestingSpecs.spec().egress(), layout, nameplate, Map.of());
    }

    @Test
    void isKnownByNamesAndLabelsAndCanBeRenamed() throws Exception {
        Nameplate nameplate = new Nameplate("ledger-bot", null, Map.of("trinity.agent-type", "clerk"));
        try (Computer computer = computers.open(spec(agent, Layout.KEPT, nameplate))) {
            var container = TestingEngine.containers(agent).getFirst();

            assertThat(container.getNames()).containsExactly("/agent-ledger-bot");
            assertThat(container.getLabels())
                    .containsEntry("trinity.platform", "agent")
                    .containsEntry("trinity.agent-name", "ledger-bot")
                    .containsEntry("trinity.agent-type", "clerk")
                    .containsEntry("trinity.full-capabilities", "false")
                    .containsEntry("trinity.memory", "256m")
                    .containsEntry("trinity.cpu", "1")
                    .containsEntry("drover.agent-id", agent.toString());
            assertThat(TestingEngine.volumes("kept")).containsExactly("agent-" + agent + "-workspace");
            computers.rename(agent, "cash-bot");
            assertThat(TestingEngine.containers(agent).getFirst().getNames()).containsExactly("/agent-cash-bot");
            assertThat(computer.run("echo still here", ENOUGH).stdout()).isEqualTo("still here\n");
        }
        assertThat(TestingEngine.containers(agent)).isEmpty();
        assertThat(TestingEngine.volumes("kept")).isEmpty();
    }

    @Test
    void isFoundByServersOfOtherInstallationsAndLeftAlone() throws Exception {
        try (Computer computer = computers.open(spec(agent, Layout.KEPT, new Nameplate("stray", null, Map.of())));
                DockerComputers others =
                        TestingEngine.shared().computers(Files.createDirectory(folder.resolve("x")), "else", 0)) {
            others.sweep(Set.of());

            assertThat(others.found())
                    .filteredOn(found -> agent.equals(found.agent()))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.name()).isEqualTo("stray");
                        assertThat(found.state()).isEqualTo(FoundComputer.State.RUNNING);
                    });
            assertThat(computers.found()).noneMatch(found -> agent.equals(found.agent()));
            assertThat(computer.run("echo alive", ENOUGH).stdout()).isEqualTo("alive\n");
        }
    }

    @Test
    void keepsItsHomeFromBeingWrittenUnderBothOfItsNames() throws Exception {
        Computer first = computers.open(spec(agent, Layout.KEPT, Nameplate.NONE));
        first.run("echo code > main.py; echo old > run.log; ln -s /etc evil", ENOUGH);
        first.stop(Duration.ZERO);
        Layout layout = Layout.KEPT.readOnly(List.of("output/", "run.log", "evil/", "../up/"));

        try (Computer computer = computers.open(spec(agent, layout, Nameplate.NONE))) {
            for (String home : List.of("/home/developer", "/workspace")) {
                assertThat(computer.run("cd " + home + "; echo x > main.py", ENOUGH)
                                .exitCode())
                        .isNotZero();
                assertThat(computer.run("cd " + home + "; mv main.py m || rm main.py || touch new", ENOUGH)
                                .exitCode())
                        .isNotZero();
                assertThat(computer.run("cd " + home + "; echo a > output/b && echo more >> run.log", ENOUGH))
                        .satisfies(done ->
                                assertThat(done.exitCode()).as(done.stderr()).isZero());
                assertThat(computer.run("echo x > " + home + "/evil/passwd", ENOUGH)
                                .exitCode())
                        .isNotZero();
            }
            assertThat(Files.readString(folder.resolve("computers/" + agent + "/workspace/run.log")))
                    .isEqualTo("old\nmore\nmore\n");
            assertThat(Files.notExists(folder.resolve("computers/" + agent + "/up")))
                    .isTrue();
        }
    }

    @Test
    void hasFoldersInCommonWithOthers() throws Exception {
        AgentId other = new AgentId(UUID.randomUUID());
        AgentId nobody = new AgentId(UUID.randomUUID());
        Layout gives = Layout.KEPT.with(List.of(new Layout.Mount(agent, "shared-out")));
        Layout takes = Layout.KEPT.with(
                List.of(new Layout.Mount(agent, "shared-in/giver"), new Layout.Mount(nobody, "shared-in/nobody")));
        try (Computer giver = computers.open(spec(agent, gives, Nameplate.NONE));
                Computer taker = computers.open(spec(other, takes, Nameplate.NONE))) {
            giver.run("echo hello > shared-out/letter", ENOUGH);
            assertThat(taker.run(
                                    "cat shared-in/giver/letter; echo answer >> shared-in/giver/letter; ls shared-in",
                                    ENOUGH)
                            .stdout())
                    .isEqualTo("hello\ngiver\n");
            assertThat(giver.run("cat shared-out/letter", ENOUGH).stdout()).isEqualTo("hello\nanswer\n");
            assertThat(TestingEngine.volumes("kept")).contains("agent-" + agent + "-shared");
        }
        computers.discard(agent);
        assertThat(TestingEngine.volumes("kept")).isEmpty();
    }

    @Test
    void leavesOtherComputersOfThatNameAloneAndCallsItselfByItsId() throws Exception {
        Nameplate twin = new Nameplate("twin", null, Map.of());
        AgentId other = new AgentId(UUID.randomUUID());
        try (Computer first = computers.open(spec(agent, Layout.KEPT, twin));
                Computer second = computers.open(spec(other, Layout.KEPT, twin))) {
            assertThat(first.isUp() && second.isUp()).isTrue();
            assertThat(TestingEngine.containers(other).getFirst().getNames()).containsExactly("/agent-" + other);
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path socket = TestingEngine.shared().socket();
        Nameplate unknown = new Nameplate(null, "no-such-image:1", Map.of());

        assertThatThrownBy(() -> computers.open(spec(agent, Layout.KEPT, unknown)))
                .isInstanceOf(ComputerFailure.class)
                .hasMessageContaining("no-such-image:1")
                .hasMessageContaining("DROVER_COMPUTER_IMAGE");
        for (Path missing : List.of(folder.resolve("none"), Files.createFile(folder.resolve("file")))) {
            EngineSettings settings = new EngineSettings(missing, TestingEngine.IMAGE, folder, 0, TestingEngine.USUAL);
            try (DockerComputers none =
                    new DockerComputers(folder, new TestingDoors(), "none", settings, Clock.systemUTC())) {
                assertThat(none.probe().ready()).isFalse();
                assertThat(none.probe().summary()).contains(missing.toString());
                assertThat(none.probe().remedies()).anyMatch(remedy -> remedy.contains("DOCKER_HOST"));
                assertThatThrownBy(() -> none.open(spec(agent, Layout.KEPT, Nameplate.NONE)))
                        .isInstanceOfSatisfying(
                                ComputerFailure.class,
                                failure -> assertThat(failure.isAbsent()).isTrue());
            }
        }
        assertThat(socket).exists();
    }
}
