package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Gives every machine a port of its own (Trinity contract, section 7.2). */
public final class Ports {
    private static final int FIRST = 2222;
    private static final int TRIES = 100;
    private static final int HIGHEST = 65_535;

    private final IntPredicate isFree;

    /** @param isFree whether nothing on this host listens there */
    public Ports(IntPredicate isFree) {
        this.isFree = isFree;
    }

    /** The next one behind all that are taken, or else the first gap. */
    int next(Set<Integer> taken) {
        int highest = taken.stream().max(Integer::compare).orElse(FIRST - 1);
        return IntStream.concat(IntStream.rangeClosed(highest + 1, highest + TRIES), IntStream.range(FIRST, 2500))
                .filter(port -> port <= HIGHEST && !taken.contains(port) && isFree.test(port))
                .findFirst()
                .orElseThrow(() -> new Refused(new Problem.Failed(
                        "No port is free for the agent: all of 2222 to 2499 are taken; delete one")));
    }

    int wished(int port, Set<Integer> taken) {
        if (port < 1024 || port > HIGHEST) {
            throw new Refused(new Problem.Unacceptable("port must be from 1024 to 65535, but is " + port));
        }
        if (taken.contains(port) || !isFree.test(port)) {
            throw new Refused(new Problem.Taken("Port already in use"));
        }
        return port;
    }
}
