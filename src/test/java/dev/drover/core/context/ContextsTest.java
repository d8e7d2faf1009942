package dev.drover.core.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ContextId;
import dev.drover.core.id.Ids;
import dev.drover.core.memory.NoEmbedder;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ContextsTest {
    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final TestingClock CLOCK = new TestingClock("2026-05-14T18:00:00Z");
    private static final TestingContexts NODE =
            new TestingContexts(DATABASE, CLOCK, new ContextLimits(1, 3, 5), new NoEmbedder());

    private final Caller caller = NODE.newCaller();
    private final AgentId agent = NODE.newAgent(caller);

    @AfterAll
    static void close() {
        NODE.close();
        DATABASE.close();
    }

    @Test
    void keepsWhatAFileIsAbout() {
        Context context = NODE.add(caller, agent, "notes.md", "\n---\n# The plan\nFirst things first");
        assertThat(context.description()).isEqualTo("The plan");
        assertThat(context.type()).isEqualTo(FileType.MD);
        assertThat(NODE.contexts().list(caller, agent)).containsExactly(context);
        assertThat(NODE.contexts().of(List.of(agent, NODE.newAgent(caller))))
                .containsOnlyKeys(agent)
                .containsValue(List.of(context));
    }

    @Test
    void countsTheFilesOfAnAgentAndOfATeam() {
        AgentId other = NODE.newAgent(caller);
        for (int i = 0; i < 3; i++) {
            NODE.add(caller, agent, "a" + i + ".txt", "text");
        }
        assertRefused(
                "agentId", "has 3 contexts, and an agent may have 3", () -> NODE.add(caller, agent, "x.txt", "x"));
        NODE.add(caller, other, "b0.txt", "text");
        NODE.add(caller, other, "b1.txt", "text");
        assertRefused("teamId", "has 5 contexts, and a team may have 5", () -> NODE.add(caller, other, "x.txt", "x"));
        Caller stranger = NODE.newCaller();
        NODE.add(stranger, NODE.newAgent(stranger), "c.txt", "another team's");
        NODE.contexts()
                .delete(caller, NODE.contexts().list(caller, agent).getFirst().id());
        NODE.add(caller, other, "b2.txt", "text");
    }

    @Test
    void countsThemWhenManyComeAtOnce() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Context>> asked = IntStream.range(0, 12)
                    .mapToObj(i -> threads.submit(() -> NODE.add(caller, agent, "many.txt", "text " + i)))
                    .toList();
            int added = 0;
            for (Future<Context> each : asked) {
                try {
                    each.get();
                    added++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(Refused.class);
                }
            }
            assertThat(added).isEqualTo(3);
        }
        assertThat(NODE.contexts().list(caller, agent)).hasSize(3);
    }

    @Test
    void refusesWhatIsTooLarge() {
        NODE.add(caller, agent, "whole.txt", "a b ".repeat(1 << 18));
        assertRefused(
                "file",
                "must be at most 1 MB",
                () -> NODE.add(caller, agent, "more.txt", "a b ".repeat(1 << 18) + "c"));
        assertRefused("file", "holds no text", () -> NODE.add(caller, agent, "blank.txt", " \n\t\n"));
        assertRefused("file", "holds no text", () -> NODE.add(caller, agent, "empty.txt", ""));
    }

    @Test
    void keepsOthersOut() {
        Context context = NODE.add(caller, agent, "mine.txt", "mine");
        Caller stranger = NODE.newCaller();
        assertMissing(Problem.Thing.AGENT, () -> NODE.add(stranger, agent, "x.txt", "x"));
        assertMissing(Problem.Thing.AGENT, () -> NODE.contexts().list(stranger, agent));
        assertMissing(Problem.Thing.CONTEXT, () -> NODE.contexts().delete(stranger, context.id()));
        NODE.contexts().delete(caller, context.id());
        assertMissing(Problem.Thing.CONTEXT, () -> NODE.contexts().delete(caller, context.id()));
        assertThat(NODE.about(agent, "mine")).isEmpty();
    }

    @Test
    void givesTemporaryFilesToTheAgentThatAdoptsThem() {
        Context first = NODE.add(caller, agent, "first.txt", "the quick fox", true);
        Context kept = NODE.add(caller, agent, "kept.txt", "the lazy dog");
        AgentId other = NODE.newAgent(caller);
        NODE.contexts().adopt(caller, other, List.of(first.id(), first.id()));
        assertThat(NODE.contexts().list(caller, other)).singleElement().satisfies(adopted -> {
            assertThat(adopted.id()).isEqualTo(first.id());
            assertThat(adopted.temporary()).isFalse();
        });
        assertThat(NODE.about(other, "fox")).hasSize(1);
        assertThat(NODE.about(agent, "fox")).isEmpty();
        assertRefused("contexts", kept.id().toString(), () -> NODE.contexts().adopt(caller, other, List.of(kept.id())));
        ContextId unknown = new ContextId(new Ids(CLOCK).next());
        assertRefused("contexts", unknown.toString(), () -> NODE.contexts().adopt(caller, other, List.of(unknown)));
        assertRefused(
                "contexts",
                kept.id().toString(),
                () -> NODE.contexts().adopt(NODE.newCaller(), other, List.of(kept.id())));
    }

    @Test
    void sweepsTemporaryFilesAfterADay() {
        NODE.add(caller, agent, "temporary.txt", "soon gone", true);
        Context kept = NODE.add(caller, agent, "kept.txt", "stays");
        CLOCK.pass(Duration.ofHours(24));
        NODE.contexts().sweep();
        assertThat(NODE.contexts().list(caller, agent)).hasSize(2);
        CLOCK.pass(Duration.ofSeconds(1));
        NODE.contexts().sweep();
        assertThat(NODE.contexts().list(caller, agent)).containsExactly(kept);
    }

    @Test
    void forgetsAllFilesOfAnAgent() {
        Context context = NODE.add(caller, agent, "gone.txt", "soon gone");
        NODE.contexts().forget(agent);
        assertThat(NODE.contexts().list(caller, agent)).isEmpty();
        assertThat(NODE.count("select count(*) from context_piece where context_id = '" + context.id() + "'"))
                .isZero();
    }

    private static void assertRefused(String field, String reason, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        Refused.class,
                        e -> assertThat(e.problem()).isInstanceOfSatisfying(Problem.Invalid.class, invalid -> {
                            assertThat(invalid.field()).isEqualTo(field);
                            assertThat(invalid.reason()).contains(reason);
                        }));
    }

    private static void assertMissing(Problem.Thing thing, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        Refused.class,
                        e -> assertThat(e.problem())
                                .isInstanceOfSatisfying(
                                        Problem.NotFound.class,
                                        missing -> assertThat(missing.thing()).isEqualTo(thing)));
    }
}
