package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** All runs of an agent are ended at once, and no run of another. */
final class EndAllTest {
    @Test
    void endsWhatIsWorkedOnAndWhatWaitsAndNothingElse() throws Exception {
        try (TestingDatabase database = TestingDatabase.create();
                TestingRoom room = TestingRoom.open(database.address(), new Silent())) {
            AgentId agent = agent(room, "stopped");
            AgentId other = agent(room, "left alone");
            UUID lane = UUID.randomUUID();
            List<StartedRun> runs = List.of(start(room, agent, lane), start(room, agent, lane), start(room, agent));
            StartedRun spared = start(room, other);

            assertThat(room.runs().endAll(TestingRoom.caller(), agent)).isEqualTo(3);
            for (StartedRun run : runs) {
                assertThat(endOf(room, run)).isInstanceOf(Entry.Stopped.class);
            }
            assertThat(room.runs().endAll(TestingRoom.caller(), agent)).isZero();
            assertThat(room.stores().events().isOver(spared.id())).isFalse();
            room.runs().endAll(TestingRoom.caller(), other);
            Waiting.until(() -> room.room().liveRuns().count() == 0);
        }
    }

    private static AgentId agent(TestingRoom room, String name) {
        UserId owner = TestingRoom.caller().user().id();
        return room.room()
                .agents()
                .create(owner, name, Origin.TRINITY, ModelProfile.DEFAULT, null)
                .id();
    }

    private static StartedRun start(TestingRoom room, AgentId agent) {
        return start(room, agent, UUID.randomUUID());
    }

    private static StartedRun start(TestingRoom room, AgentId agent, UUID lane) {
        Brief brief = new Brief(ModelProfile.DEFAULT, 0, null, null, 10, Duration.ofMinutes(5));
        List<Said> said = List.of(new Said(Said.Speaker.USER, "hello"));
        return room.runs()
                .start(
                        TestingRoom.caller(),
                        new StartRun(agent, lane, "Be brief.", said, brief, RunOptions.NONE),
                        () -> {});
    }

    private static Entry endOf(TestingRoom room, StartedRun run) throws InterruptedException {
        try (Follower follower = room.runs().follow(run, 0, Set.of())) {
            List<Event> found = List.of();
            while (found.isEmpty()) {
                found = follower.next(Duration.ofSeconds(5));
            }
            return found.getLast().entry();
        }
    }

    /** Answers nothing until it is hung up on. */
    private static final class Silent implements LanguageModel {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws InterruptedException {
            new CountDownLatch(1).await();
            throw new IllegalStateException("somebody counted down");
        }
    }
}
