package dev.drover.core.machine;

import dev.drover.core.Refused;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Keeper;
import dev.drover.core.id.AgentId;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which machines this server may have on, and how sure it is of that. */
final class Holding {
    /** Shorter than any lease: who has been silent for longer asks the table before it believes itself. */
    private static final Duration SURE = Duration.ofMillis(1500);

    private static final Logger logger = LoggerFactory.getLogger(Holding.class);

    private final HolderStore holders;
    private volatile long confirmedAt = System.nanoTime() - SURE.toNanos();

    Holding(HolderStore holders) {
        this.holders = holders;
    }

    /** Others need not wait for this server's silence. */
    void letGo() {
        try {
            holders.letGo();
        } catch (Refused databaseAway) {
            logger.warn("the database is away; other servers will notice by our silence");
        }
    }

    /** A server that was frozen may wake up in the middle of a request, and its machines be another's by then. */
    boolean isSure(AgentId agent) {
        return System.nanoTime() - confirmedAt < SURE.toNanos() || holders.has(agent);
    }

    /** @param compare takes what is this server's by the table; only when it has is the server sure of the rest */
    void look(Consumer<Set<AgentId>> compare) {
        long asked = System.nanoTime();
        compare.accept(holders.mine());
        confirmedAt = asked;
    }

    /** From now on no other server opens it, unless this one is silent for too long. */
    void take(AgentId agent) throws ComputerFailure {
        if (!holders.take(agent)) {
            throw new ComputerFailure(
                    switch (holders.keeper(agent)) {
                        case Keeper.There there ->
                            "the computer of this agent is on server " + there.node() + " (" + there.url() + ")";
                        case Keeper.Nowhere nowhere -> nowhere.why();
                        case Keeper.Here here -> "the computer of this agent changes hands just now; try again";
                    });
        }
    }
}
