package dev.drover.core.egress;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.util.List;

/** How far the ways out of one run reach. It narrows what the guard lets through and never widens it. */
public sealed interface Network {
    /** Wherever the guard lets anybody go. */
    record Full() implements Network {}

    /** Nowhere. */
    record None() implements Network {}

    /** Only to these hosts; {@code *.host} stands for every name below one. */
    record Allow(List<String> hosts) implements Network {
        public Allow {
            hosts = List.copyOf(hosts);
            try {
                hosts.forEach(Reach.Pattern::parse);
            } catch (IllegalArgumentException e) {
                throw new Refused(new Problem.Invalid("network", "allows " + e.getMessage()));
            }
        }
    }
}
