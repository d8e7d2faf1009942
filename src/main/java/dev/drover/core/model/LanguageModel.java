package dev.drover.core.model;

import java.util.function.Consumer;

/**
 * A language model. One call is one attempt: retries, budget and cancelling belong to the run loop, which cancels by
 * interrupting the calling thread.
 */
public interface LanguageModel {
    /** The vendor and its model's name, as {@code anthropic/claude-sonnet-4-5}. */
    String name();

    /** Whether it understands what it is told; one that only follows fixed steps is asked for nothing else. */
    default boolean reasons() {
        return true;
    }

    /**
     * Asks once and blocks until the reply is whole. Deltas arrive in order, one at a time, from any thread, and never
     * after this method has returned or thrown.
     *
     * @throws ModelFailure when the vendor refused, broke off or could not be reached
     * @throws InterruptedException when the caller was interrupted; the connection to the vendor is closed by then
     */
    Reply ask(Prompt prompt, Consumer<Delta> deltas) throws ModelFailure, InterruptedException;
}
