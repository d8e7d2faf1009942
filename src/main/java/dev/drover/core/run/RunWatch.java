package dev.drover.core.run;

import dev.drover.core.model.Reply;
import dev.drover.core.model.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears one server's work on one run, from the one thread that works on it. It is told no contents. */
public interface RunWatch {
    /** Hears nothing. */
    RunWatch NONE = new RunWatch() {};

    /** Stands for every name of a tool that a model made up, so that what it makes up becomes no label. */
    String UNKNOWN_TOOL = "unknown";

    /** An attempt to get a model's reply is over. */
    default void modelAsked(ModelAttempt attempt) {}

    /** A tool call is over. */
    default void toolRan(ToolAttempt attempt) {}

    /** The work here is over; when the status is not terminal, the run goes on later or at another server. */
    default void left(RunStatus status, @Nullable FailureReason error) {}

    /** How an attempt came out. */
    enum Outcome {
        OK,
        /** It failed and would fail again. */
        FAILED,
        /** It failed, and another attempt may not. */
        UNAVAILABLE,
        /** The run was ended or let go of meanwhile. */
        CANCELLED
    }

    /**
     * One attempt to get a reply.
     *
     * @param model what was asked, as the vendor and its model's name
     * @param answer null when none came
     */
    record ModelAttempt(
            int iteration,
            int attempt,
            String model,
            Instant began,
            Instant ended,
            Outcome outcome,
            @Nullable Answer answer) {}

    /** What is known of a reply besides what it says. */
    record Answer(String model, Usage usage, Reply.Stop stop) {
        static Answer of(Reply reply) {
            return new Answer(reply.model(), reply.usage(), reply.stop());
        }
    }

    /** One call of a tool, by the tool's name in the core. */
    record ToolAttempt(int iteration, String callId, String tool, Instant began, Instant ended, Outcome outcome) {}
}
