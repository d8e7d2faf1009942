package dev.drover.api.make;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.TestingApi.Reply;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingProcess;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two servers over one database, of which one dies while people talk to agents on both. */
final class MakeTakeoverTest {
    private final AtomicBoolean silentOnce = new AtomicBoolean(true);

    private Turn turn(Asked asked) {
        boolean isFirst = TestingTalker.conversation(asked).size() == 2;
        return isFirst && silentOnce.getAndSet(false) ? Turn.silence() : TestingTalker.heard(asked);
    }

    @Test
    void theOrderOfAThreadHoldsAcrossServersAndOneGoesOnForTheOther() throws Exception {
        try (TestingDatabase database = TestingDatabase.create();
                ScriptedModelServer model = ScriptedModelServer.start(this::turn);
                TestingProcess dying = TestingProcess.over(database, settings(model));
                TestingProcess other = TestingProcess.over(database, settings(model))) {
            TestingTalker here = TestingTalker.of(dying);
            TestingTalker beside = TestingTalker.of(other, dying);
            String agent = here.agent();
            String path = TestingTalker.path(agent);
            Thread.startVirtualThread(
                    () -> here.streamed(agent, TestingTalker.order("t", "{}", "first"), "", line -> {}));
            Waiting.until(() -> !silentOnce.get());
            FutureTask<Reply> second = TestingTalker.begun(() -> beside.run(agent, "t", "second"));
            Waiting.until(() -> runs(database) == 2);
            Thread.startVirtualThread(
                    () -> here.streamed(agent, TestingTalker.order("t", "{}", "third"), "", line -> {}));
            Waiting.until(() -> runs(database) == 3);
            FutureTask<Reply> fourth = TestingTalker.begun(() -> beside.run(agent, "t", "fourth"));
            Waiting.until(() -> runs(database) == 4);
            assertThat(beside.run(agent, "u", "another thread").status()).isEqualTo(200);
            assertThat(second.isDone()).isFalse();
            assertThat(beside.delete(path + "/threads/t").status()).isEqualTo(409);

            dying.kill();
            assertThat(second.get().status()).isEqualTo(200);
            assertThat(fourth.get().json().path("response").asText()).isEqualTo("Heard fourth.");
            assertThat(beside.thread(agent, "t").stream().map(List::getFirst))
                    .containsExactly("user: first", "user: second", "user: third", "user: fourth");
            assertThat(TestingTalker.conversation(model.asked().getLast())).hasSize(8);
        }
    }

    private static Map<String, String> settings(ScriptedModelServer model) {
        return TestingTalker.settings(model.baseUrl(), "192.0.2.1:1");
    }

    private static int runs(TestingDatabase database) {
        return database.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from run")
                        .mapTo(Integer.class)
                        .one());
    }
}
