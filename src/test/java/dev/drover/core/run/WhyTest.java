package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.model.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows from what is stored, for runs that no test server keeps standing still. */
final class WhyTest {
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final UUID NODE = new UUID(1, 2);
    private static final RunId BEFORE = new RunId(new UUID(7, 8));
    private static final Entry TOOL = new Entry.ToolCalled(1, new ToolCall("c", "shell_run", new Json("{}")));

    @Test
    void aRunWhoseServerIsGoneWaitsForAnother() {
        Why why = why(RunStatus.RUNNING, hold(NODE, false, null, null, null), new Entry.ModelCalled(1, 1));
        assertThat(why.holder()).isNull();
        assertThat(why.doing()).contains("gone");
        assertThat(why.waitingFor()).isEqualTo(Why.Waiter.TIMER);
        assertThat(why.waitingId()).isEqualTo(NODE.toString());
        assertThat(why(RunStatus.RUNNING, hold(null, false, null, null, null), TOOL)
                        .holder())
                .isNull();
    }

    @Test
    void aRunWithoutALivingHolderStandsOnNothing() {
        for (RunHold hold : new RunHold[] {hold(NODE, false, null, null, null), hold(null, false, null, null, null)}) {
            Footing footing = hold.footing(new AgentId(NODE), BEFORE, RunStatus.RUNNING);
            assertThat(footing.isFirm()).isFalse();
            assertThat(footing.lacks()).isNotBlank();
        }
        assertThat(hold(NODE, true, null, null, null)
                        .footing(new AgentId(NODE), BEFORE, RunStatus.RUNNING)
                        .isFirm())
                .isTrue();
    }

    @Test
    void aRunThatIsLongOverdueStandsOnNothingThoughItsHolderLives() {
        RunHold late = new RunHold(NODE, NOON, true, "p", null, false, null, NOON.minusSeconds(900), true);
        assertThat(late.footing(new AgentId(NODE), BEFORE, RunStatus.RUNNING).lacks())
                .contains(NODE.toString(), "2026-11-02T11:45:00Z");
    }

    @Test
    void aModelThatFailedIsAskedAgainByAKnownTime() {
        Why why = why(
                RunStatus.RUNNING, hold(NODE, true, null, null, null), new Entry.ModelFailed(2, 1, "overloaded", 500L));
        assertThat(why.waitingFor()).isEqualTo(Why.Waiter.TIMER);
        assertThat(why.until()).isEqualTo(NOON.plusMillis(500));
        assertThat(why.doing()).contains("jettson-6.0", "overloaded");
    }

    @Test
    void aModelThatIsAskedIsNamed() {
        RunHold held = hold(NODE, true, null, null, null);
        assertThat(why(RunStatus.RUNNING, held, new Entry.ModelCalled(2, 3)).doing())
                .isEqualTo("model jettson-6.0, iteration 2, attempt 3");
        assertThat(why(RunStatus.SPAWNING, held, new Entry.Noted("Planning task…"))
                        .doing())
                .isEqualTo("opening its computer");
    }

    @Test
    void aToolEndsWithItsOwnTimeOrThatOfTheRun() {
        assertThat(why(RunStatus.RUNNING, hold(NODE, true, null, null, null), TOOL)
                        .until())
                .isEqualTo(NOON.plusSeconds(30));
        assertThat(why(RunStatus.RUNNING, hold(NODE, true, null, null, NOON.plusSeconds(3)), TOOL)
                        .until())
                .isEqualTo(NOON.plusSeconds(3));
        assertThat(why(RunStatus.RUNNING, hold(NODE, true, null, null, NOON.plusSeconds(99)), TOOL)
                        .until())
                .isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void aRunBehindAnotherNamesThatOneAsLongAsItHasNotBegun() {
        RunHold behind = hold(NODE, true, null, BEFORE, null);
        Why why = why(RunStatus.SPAWNING, behind, new Entry.Instructed("do"));
        assertThat(why.waitingFor()).isEqualTo(Why.Waiter.RUN);
        assertThat(why.waitingId()).isEqualTo(BEFORE.toString());
        assertThat(why.unblock()).contains("POST /api/v1/runs/" + BEFORE + "/stop");
        assertThat(why(RunStatus.RUNNING, behind, TOOL).waitingFor()).isNull();
    }

    @Test
    void aProgramIsNamedWithItsTool() {
        RunHold program = hold(NODE, true, "claude", null, null);
        assertThat(why(RunStatus.RUNNING, program, TOOL).doing()).isEqualTo("program claude, at its tool shell_run");
        assertThat(why(RunStatus.RUNNING, program, new Entry.SessionBegan("claude", "s"))
                        .doing())
                .isEqualTo("program claude");
    }

    @Test
    void saysWhoCanStopItAndHow() {
        Why why = why(RunStatus.RUNNING, hold(NODE, true, null, null, null), TOOL);
        assertThat(why.unblock()).contains("drover stop ag_", "/api/v1/runs/", "owner or an operator");
    }

    private static RunHold hold(
            @Nullable UUID node,
            boolean living,
            @Nullable String runtime,
            @Nullable RunId before,
            @Nullable Instant deadline) {
        return new RunHold(node, NOON.plusSeconds(1), living, "jettson-6.0", runtime, false, before, deadline, false);
    }

    private static Why why(RunStatus status, RunHold hold, Entry last) {
        Run run = new Run(
                new RunId(new UUID(3, 4)),
                new AgentId(new UUID(5, 6)),
                "work",
                status,
                ComputerState.RUNNING,
                "iad",
                null,
                null,
                NOON,
                NOON);
        return Why.of(run, hold, new Event(run.id(), 9, 5, NOON, last), called -> Optional.of(Duration.ofSeconds(30)));
    }
}
