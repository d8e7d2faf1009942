package dev.drover.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.testing.TestingDatabase;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AgentsTest {
    private static final UserId OWNER = new UserId(new UUID(1, 1));

    private static final TestingDatabase DATABASE = TestingDatabase.create();

    private final Ids ids = new Ids(Clock.systemUTC());
    private final Agents agents = new Agents(new AgentStore(DATABASE.database().jdbi()), ids, Clock.systemUTC());

    @BeforeEach
    void makeTheOwner() {
        DATABASE.empty();
        DATABASE.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into app_user (id, name, role, created_at) values (?, 'owner', 'user', now())",
                        OWNER.value()));
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void agentsOfOneNameAreCountedAndFromTheTenthOnCalledAfterTheirIdentity() {
        List<Agent> made = IntStream.range(0, 11)
                .mapToObj(n -> agents.create(OWNER, "Scout", Origin.JETTSON, "p", null))
                .toList();
        assertThat(made.stream().map(Agent::name)).containsOnly("Scout");
        assertThat(made.stream().map(Agent::slug).limit(9))
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of("scout"), IntStream.rangeClosed(2, 9).mapToObj(n -> "scout-" + n))
                        .toList());
        assertThat(made.stream().skip(9))
                .allSatisfy(agent -> assertThat(agent.slug())
                        .isEqualTo("scout-" + agent.id().toString().substring(24)));
    }

    @Test
    void agentsOfOneNameMadeAtOnceDifferInTheirSlugs() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> creation = () -> DATABASE.database()
                    .call(() -> agents.create(OWNER, "Twin", Origin.JETTSON, "p", null)
                            .slug());
            List<Future<String>> made = threads.invokeAll(Collections.nCopies(30, creation));
            assertThat(made).extracting(Future::get).doesNotHaveDuplicates().contains("twin", "twin-2", "twin-9");
        }
    }

    @Test
    void onlyAnAgentThatNobodyNamedGetsATitle() {
        Agent named = agents.create(OWNER, "Scout", Origin.JETTSON, "p", null);
        Agent unnamed = agents.create(OWNER, null, Origin.JETTSON, "p", named.id());
        assertThat(unnamed.name()).isEqualTo("Untitled Agent");
        agents.title(named.id(), "a title");
        agents.title(unnamed.id(), "a title");
        agents.title(unnamed.id(), "another title");
        assertThat(name(named)).isEqualTo("Scout");
        assertThat(name(unnamed)).isEqualTo("a title");
        assertThat(unnamed.slug()).isEqualTo("agent-" + unnamed.id().toString().substring(24));
    }

    private String name(Agent agent) {
        return DATABASE.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select name from agent where id = ?")
                        .bind(0, agent.id().value())
                        .mapTo(String.class)
                        .one());
    }
}
