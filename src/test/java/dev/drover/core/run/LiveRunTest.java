package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.provider.database.PostgresDatabase;
import dev.drover.testing.TestingDatabase;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LiveRunTest {
    @Test
    void anEndDoesNotCutTheConnectionUnderAQuery() throws Exception {
        try (TestingDatabase testing = TestingDatabase.create()) {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<LiveRun> live = new AtomicReference<>();
            AtomicReference<String> outcome = new AtomicReference<>("");
            Thread worker = Thread.ofVirtual().unstarted(() -> {
                begun.countDown();
                outcome.set(live.get().undisturbed(() -> slowQuery(testing.database())));
                outcome.updateAndGet(text -> text + (Thread.interrupted() ? ", then interrupted" : ""));
            });
            live.set(new LiveRun(worker));
            worker.start();
            begun.await();
            Thread.sleep(100);
            live.get().end(LiveRun.Cause.STOPPED);
            worker.join();
            // The interrupt comes from a thread of its own, right behind the query.
            assertThat(outcome.get()).startsWith("answered");
        }
    }

    private static String slowQuery(PostgresDatabase database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select 'answered' from pg_sleep(0.5)")
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void noToolBeginsAfterTheEnd() {
        LiveRun live = new LiveRun(Thread.ofVirtual().unstarted(() -> {}));
        live.end(LiveRun.Cause.EXPIRED);
        live.end(LiveRun.Cause.STOPPED);

        assertThat(live.cause()).as("the first cause counts").isEqualTo(LiveRun.Cause.EXPIRED);
        assertThatThrownBy(live::enterTool).isInstanceOf(InterruptedException.class);
    }
}
