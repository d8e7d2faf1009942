package dev.drover.core.run;

import dev.drover.core.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to do with its user's memory.
 *
 * @param recall whether it is reminded of what fits the task
 * @param extract whether facts are taken from it when it is done
 * @param namespace confines recall and is the usual one of all else; null for no confinement
 */
public record RunMemory(
        boolean recall, boolean extract, @Nullable String namespace) {
    public static final RunMemory USUAL = new RunMemory(true, true, null);

    private static final int LONGEST_NAMESPACE = 64;

    public RunMemory {
        if (namespace != null) {
            boolean fits = !namespace.isEmpty() && namespace.length() <= LONGEST_NAMESPACE;
            Refused.when(!fits, "memory", "has a namespace of " + namespace.length() + " characters; 1 to 64");
            Refused.when(
                    namespace.chars().anyMatch(Character::isISOControl),
                    "memory",
                    "has a namespace with a control character");
        }
    }
}
