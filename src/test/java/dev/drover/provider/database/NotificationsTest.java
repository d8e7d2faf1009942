package dev.drover.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Notices;
import dev.drover.testing.TestingDatabase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NotificationsTest {
    private final TestingDatabase testing = TestingDatabase.create();
    private final PostgresDatabase database = testing.database();
    private final Notifications notifications = new Notifications(testing.address(), database);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() throws Exception {
        notifications.hear("words", new Notices.Hearer() {
            @Override
            public void heard(String payload) {
                heard.add(payload);
                if (payload.equals("bad")) {
                    throw new IllegalStateException("a hearer that fails");
                }
            }

            @Override
            public void mayHaveMissed() {
                heard.add("(missed?)");
            }
        });
        notifications.start();
        assertThat(next()).isEqualTo("(missed?)");
    }

    @AfterEach
    void close() {
        notifications.close();
        testing.close();
    }

    @Test
    void arriveInOrder() throws Exception {
        notifications.say("words", "one");
        notifications.say("words", "bad");
        notifications.say("others", "unheard");
        notifications.say("words", "it's \"two\"");

        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("bad");
        assertThat(next()).isEqualTo("it's \"two\"");
    }

    @Test
    void arriveOnlyOfWorkThatIsKept() throws Exception {
        assertThatThrownBy(() -> database.run(() -> {
                    notifications.say("words", "lost");
                    throw new IllegalStateException("after all");
                }))
                .isInstanceOf(IllegalStateException.class);
        database.run(() -> notifications.say("words", "kept"));

        assertThat(next()).isEqualTo("kept");
    }

    @Test
    void comeBackWhenTheConnectionBreaks() throws Exception {
        database.jdbi()
                .useHandle(handle -> handle.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and query like 'listen %'"));

        assertThat(next()).isEqualTo("(missed?)");
        notifications.say("words", "again");
        assertThat(next()).isEqualTo("again");
    }

    private String next() throws InterruptedException {
        String word = heard.poll(30, TimeUnit.SECONDS);
        return word == null ? "(nothing)" : word;
    }
}
