package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What a run stands on that is not over: a living holder, or something named that it waits for. One without either is
 * stuck, unless a server is only just about to take it up.
 *
 * @param waitsFor null when it waits for nothing but its own step
 * @param lacks what is missing; empty when nothing is
 */
public record Footing(AgentId agent, RunId run, boolean isHeld, Why.@Nullable Waiter waitsFor, String lacks) {
    public static Footing held(AgentId agent, RunId run, Why.@Nullable Waiter waitsFor) {
        return new Footing(agent, run, true, waitsFor, "");
    }

    /** Nobody works it, and that is as it should be. */
    public static Footing waiting(AgentId agent, RunId run, Why.Waiter waitsFor) {
        return new Footing(agent, run, false, waitsFor, "");
    }

    /**
     * Nobody works it, and nothing names why.
     *
     * @param lacks in a sentence that goes on after the name of the run
     */
    public static Footing none(AgentId agent, RunId run, String lacks) {
        return new Footing(agent, run, false, null, lacks);
    }

    boolean isFirm() {
        return isHeld || waitsFor != null;
    }
}
