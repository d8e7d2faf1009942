package dev.drover.core.computer;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** Which server has the computer of an agent, or is the one to open it. */
public sealed interface Keeper {
    /** What is to be done with the computer itself was sent on before it came here, if a server has it. */
    default void demandHere() {
        switch (this) {
            case Here here -> {}
            case There there -> throw unavailable("the computer of this agent changes hands just now; try again");
            case Nowhere nowhere -> throw unavailable(nowhere.why());
        }
    }

    private static Refused unavailable(String why) {
        return new Refused(new Problem.Unavailable(why, Duration.ofSeconds(3)));
    }

    /** This one; so it is too with an agent that has none. */
    record Here() implements Keeper {}

    /**
     * Another one, which lives.
     *
     * @param url where other servers reach it
     */
    record There(UUID node, URI url) implements Keeper {}

    /**
     * None at this moment.
     *
     * @param why what is missing and who can mend it
     * @param patience how long a run waits for one
     */
    record Nowhere(String why, Duration patience) implements Keeper {}
}
