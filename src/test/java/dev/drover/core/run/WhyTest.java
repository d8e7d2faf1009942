package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What follows from what is stored, for runs that no test server keeps standing still. */
final class WhyTest {
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final UUID NODE = new UUID(1, 2);
    private static final Run RUN = new Run(
            new RunId(new UUID(3, 4)),
            new AgentId(new UUID(5, 6)),
            "work",
            RunStatus.RUNNING,
            ComputerState.RUNNING,
            "iad",
            null,
            null,
            NOON,
            NOON);

    @Test
    void aRunWhoseServerIsGoneWaitsForAnother() {
        Why why = why(NOON.minusSeconds(1), new Entry.ModelCalled(1, 1));
        assertThat(why.holder()).isNull();
        assertThat(why.doing()).contains("gone");
        assertThat(why.waitingFor()).isEqualTo(Why.Waiter.TIMER);
        assertThat(why.since()).isEqualTo(NOON.minusSeconds(1));
        assertThat(Why.of(
                                RUN,
                                new Why.RunHold(null, null, "jettson-6.0", null),
                                event(new Entry.ModelCalled(1, 1)),
                                NOON)
                        .holder())
                .isNull();
    }

    @Test
    void aModelThatFailedIsAskedAgainByAKnownTime() {
        Why why = why(NOON.plusSeconds(1), new Entry.ModelFailed(2, 1, "overloaded", 500L));
        assertThat(why.waitingFor()).isEqualTo(Why.Waiter.TIMER);
        assertThat(why.until()).isEqualTo(NOON.plusMillis(500));
        assertThat(why.doing()).contains("jettson-6.0", "overloaded");
    }

    @Test
    void aModelThatIsAskedIsNamed() {
        assertThat(why(NOON.plusSeconds(1), new Entry.ModelCalled(2, 3)).doing())
                .isEqualTo("model jettson-6.0, iteration 2, attempt 3");
        assertThat(why(NOON.plusSeconds(1), new Entry.Noted("Planning task…")).doing())
                .isEqualTo("opening its computer");
    }

    private static Why why(Instant leaseUntil, Entry last) {
        return Why.of(RUN, new Why.RunHold(NODE, leaseUntil, "jettson-6.0", null), event(last), NOON);
    }

    private static Event event(Entry entry) {
        return new Event(RUN.id(), 9, 5, NOON, entry);
    }
}
