package dev.drover.core.machine;

import java.util.List;

/** What became of an agent's bundle of credentials when its computer started (Trinity contract, section 5.5). */
public sealed interface Injection {
    /** The files that were written. */
    record Success(List<String> files) implements Injection {
        public Success {
            files = List.copyOf(files);
        }
    }

    /** There was nothing to do, for a reason of the contract's own wording. */
    record Skipped(String reason) implements Injection {}

    /** There is a bundle that could not be used. */
    record Failed(String error) implements Injection {}

    /** As the contract calls it. */
    default String word() {
        return switch (this) {
            case Success success -> "success";
            case Skipped skipped -> "skipped";
            case Failed failed -> "failed";
        };
    }
}
