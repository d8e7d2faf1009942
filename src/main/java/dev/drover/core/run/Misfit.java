package dev.drover.core.run;

import dev.drover.core.Problem;
import dev.drover.core.Refused;

/** Refuses a field of a spawn. */
final class Misfit {
    private Misfit() {}

    static void when(boolean misfit, String field, String reason) {
        if (misfit) {
            throw of(field, reason);
        }
    }

    static Refused of(String field, String reason) {
        return new Refused(new Problem.Invalid(field, reason));
    }
}
