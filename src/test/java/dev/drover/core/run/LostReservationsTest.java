package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.usage.Amount;
import dev.drover.core.usage.BudgetStore;
import dev.drover.core.usage.Budgets;
import dev.drover.core.usage.Reserving;
import dev.drover.core.usage.Scopes;
import dev.drover.testing.TestingDatabase;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LostReservationsTest {
    private final AgentId agent = new AgentId(UUID.randomUUID());
    private final Scopes scopes = new Scopes(null, agent, null);
    private final UUID here = UUID.randomUUID();
    private final UUID there = UUID.randomUUID();
    private TestingDatabase testing;
    private NodeStore nodes;

    @BeforeEach
    void open() {
        testing = TestingDatabase.create();
        nodes = new NodeStore(testing.database().jdbi());
        nodes.seen(here, Leases.USUAL);
        nodes.seen(there, Leases.USUAL);
        budgets(here).set(agent.value(), null, 1_000, 0);
    }

    @AfterEach
    void close() {
        testing.close();
    }

    private Budgets budgets(UUID node) {
        return new Budgets(
                new BudgetStore(testing.database().jdbi()), testing.database(), new Ids(Clock.systemUTC()), node);
    }

    private Amount reserved() {
        return budgets(here).of(agent).getFirst().reserved();
    }

    private void giveBack() {
        new LostReservations(new LostReservationStore(testing.database().jdbi()), budgets(here)).giveBack();
    }

    @Test
    void whatADeadServerHadReservedIsGivenBackAndWhatLivesIsKept() {
        assertThat(budgets(here).reserve(scopes, new Amount(100, 1))).isInstanceOf(Reserving.Granted.class);
        Reserving.Granted lost = (Reserving.Granted) budgets(there).reserve(scopes, new Amount(50, 2));
        giveBack();
        assertThat(reserved()).isEqualTo(new Amount(150, 3));

        nodes.goneButFor(here);
        giveBack();
        giveBack();
        assertThat(reserved()).isEqualTo(new Amount(100, 1));

        budgets(there).settle(lost, new Amount(40, 2));
        assertThat(reserved()).isEqualTo(new Amount(100, 1));
        assertThat(budgets(here).of(agent).getFirst().spent()).isEqualTo(new Amount(40, 2));
    }

    @Test
    void aServerThatSaidGoodbyeKeepsNothing() {
        budgets(there).reserve(scopes, new Amount(50, 2));
        nodes.gone(there);
        giveBack();
        assertThat(reserved()).isEqualTo(Amount.NONE);
    }
}
