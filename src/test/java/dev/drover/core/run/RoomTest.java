package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.Readiness;
import dev.drover.core.computer.Workspace;
import dev.drover.core.id.AgentId;
import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.usage.Plan;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.Waiting;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs with a plan, a model or computers out of the common. */
final class RoomTest {
    private final TestingDatabase testing = TestingDatabase.create();

    @AfterEach
    void close() {
        testing.close();
    }

    private static Plan lasting(Duration longestRun) {
        Plan plan = Plan.of("unlimited");
        return new Plan(
                "short",
                plan.concurrent(),
                plan.agentHours(),
                longestRun,
                plan.spawnsPerMinute(),
                plan.spawnsPerHour(),
                plan.cpus(),
                plan.memoryBytes(),
                plan.memories());
    }

    @Test
    void endsARunThatIsOverItsTime() {
        Plan plan = lasting(Duration.ofSeconds(1));
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel(), plan)) {
            RunView over = room.destroyed(room.spawn("$ sleep 60"));

            assertThat(over.run().status()).isEqualTo(RunStatus.ERROR);
            assertThat(over.run().error()).isEqualTo(FailureReason.MAX_DURATION_EXCEEDED);
            List<Event> story = room.story(over);
            assertThat(story.getLast().entry()).isInstanceOf(Entry.Failed.class);
            assertThat(story.get(story.size() - 2).entry())
                    .isInstanceOfSatisfying(
                            Entry.ToolReturned.class,
                            returned -> assertThat(returned.isError()).isTrue());
        }
    }

    @Test
    void countsNoTimeInWhichNobodyWorked() throws Exception {
        Plan plan = lasting(Duration.ofSeconds(20));
        RunView spawned;
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel(), plan)) {
            spawned = room.spawn("$ true\n$ sleep 4\n$ echo done");
            Waiting.until(() -> room.view(spawned).run().status() == RunStatus.RUNNING);
        }
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute("update run set held_at = held_at - interval '1 hour',"
                        + " created_at = created_at - interval '1 hour'"));
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute("update run_event set at = at - interval '1 hour'"));
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel(), plan)) {
            assertThat(room.finished(spawned).run().status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void countsTheTimeOfEarlierHolders() {
        Plan plan = lasting(Duration.ofMinutes(10));
        RunView spawned;
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel(), plan)) {
            spawned = room.spawn("$ sleep 60");
            Waiting.until(() -> room.story(spawned).stream().anyMatch(e -> e.entry() instanceof Entry.ToolCalled));
        }
        testing.database()
                .jdbi()
                .useHandle(handle -> handle.execute("update run set held_at = held_at - interval '1 hour'"));
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel(), plan)) {
            assertThat(room.finished(spawned).run().error()).isEqualTo(FailureReason.MAX_DURATION_EXCEEDED);
        }
    }

    @Test
    void isStoppedWhileItsComputerIsBeingMade() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (TestingRoom room = TestingRoom.open(
                testing.address(),
                new OfflineModel(),
                Plan.of("unlimited"),
                computers -> new Slow(computers, opening, never))) {
            RunView spawned = room.spawn("$ true");
            opening.await();

            assertThat(room.stop(spawned).run().status()).isEqualTo(RunStatus.STOPPED);
            RunView over = room.destroyed(spawned);
            assertThat(over.run().status()).isEqualTo(RunStatus.STOPPED);
            assertThat(room.story(over)).last().matches(event -> event.entry() instanceof Entry.Stopped);
            assertThat(room.folder().resolve(over.agent().id().toString())).doesNotExist();
        }
    }

    @Test
    void isStoppedWhileItStoresWithoutPause() {
        try (TestingRoom room = TestingRoom.open(testing.address(), new Chatterbox())) {
            for (int round = 0; round < 10; round++) {
                RunView spawned = room.spawn("talk");
                Waiting.until(() -> room.view(spawned).run().status() == RunStatus.RUNNING);

                assertThat(room.stop(spawned).run().status()).isEqualTo(RunStatus.STOPPED);
                room.destroyed(spawned);
                assertThat(room.story(spawned)).last().matches(event -> event.entry() instanceof Entry.Stopped);
            }
        }
    }

    @Test
    void endsInAnErrorWhenItsModelBreaks() {
        LanguageModel broken = new LanguageModel() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Reply ask(Prompt prompt, Consumer<Delta> deltas) {
                throw new StackOverflowError("planted");
            }
        };
        try (TestingRoom room = TestingRoom.open(testing.address(), broken)) {
            RunView over = room.destroyed(room.spawn("anything"));

            assertThat(over.run().error()).isEqualTo(FailureReason.INTERNAL_ERROR);
            assertThat(room.story(over)).last().isNotNull().asString().doesNotContain("planted");
        }
    }

    @Test
    void takesUpARunThatIsItsOwnAndThatNobodyWorksOn() {
        try (TestingRoom room = TestingRoom.open(testing.address(), new OfflineModel())) {
            Lease forgotten = room.idleRun(room.room().node());

            Waiting.until(() -> room.stores().events().end(forgotten.run()).seq() > 0
                    && room.stores().events().isOver(forgotten.run()));
        }
    }

    @Test
    void sweepsWhatAnEarlierServerLeftOfRunsThatAreOver() throws Exception {
        CountDownLatch swept = new CountDownLatch(1);
        try (TestingRoom room = TestingRoom.open(
                testing.address(),
                new OfflineModel(),
                Plan.of("unlimited"),
                computers -> new Swept(computers, swept))) {
            swept.await();
            AgentId dead = new AgentId(room.room().ids().next());
            var left = Files.createDirectories(
                    room.folder().resolve(dead.toString()).resolve("workspace"));
            RunView atWork = room.spawn("$ sleep 60");
            Waiting.until(
                    () -> Files.exists(room.folder().resolve(atWork.agent().id().toString())));

            new Leftovers(room.room()).sweep();
            assertThat(left).doesNotExist();
            assertThat(room.folder().resolve(atWork.agent().id().toString())).exists();
            room.stop(atWork);
            room.destroyed(atWork);
        }
    }

    /** Says a word whenever it can. */
    private static final class Chatterbox implements LanguageModel {
        @Override
        public String name() {
            return "chatterbox";
        }

        @Override
        public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws InterruptedException {
            while (true) {
                deltas.accept(new Delta.Text("word "));
                deltas.accept(new Delta.Thinking("hm "));
                Thread.sleep(0, 500_000);
            }
        }
    }

    private record Slow(Computers real, CountDownLatch opening, CountDownLatch gate) implements Computers {
        @Override
        public String kind() {
            return real.kind();
        }

        @Override
        public Readiness probe() {
            return real.probe();
        }

        @Override
        public Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException {
            Computer opened = real.open(spec);
            try {
                opening.countDown();
                gate.await();
                return opened;
            } catch (InterruptedException e) {
                opened.stop(Duration.ZERO);
                throw e;
            }
        }

        @Override
        public boolean confines() {
            return real.confines();
        }

        @Override
        public Optional<Workspace> workspaceOf(AgentId agent) {
            return real.workspaceOf(agent);
        }

        @Override
        public void discard(AgentId agent) throws ComputerFailure {
            real.discard(agent);
        }

        @Override
        public void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last) {
            real.sweep(keep, last);
        }
    }

    private record Swept(Computers real, CountDownLatch swept) implements Computers {
        @Override
        public String kind() {
            return real.kind();
        }

        @Override
        public Readiness probe() {
            return real.probe();
        }

        @Override
        public Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException {
            return real.open(spec);
        }

        @Override
        public boolean confines() {
            return real.confines();
        }

        @Override
        public Optional<Workspace> workspaceOf(AgentId agent) {
            return real.workspaceOf(agent);
        }

        @Override
        public void discard(AgentId agent) throws ComputerFailure {
            real.discard(agent);
        }

        @Override
        public void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last) {
            real.sweep(keep, last);
            swept.countDown();
        }
    }
}
