package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.computer.Isolation;
import dev.drover.core.context.Excerpt;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.memory.Reminder;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Picture;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one event of a run says. Whatever a client ever sees of a run was first one of these, stored. */
public sealed interface Entry {
    /** A remark for people. */
    record Noted(String message) implements Entry {}

    /** What the model is told before all, in a run that has its own words for it. */
    record Instructed(String text) implements Entry {}

    /** A message that the run came with. */
    record Spoken(Said said) implements Entry {}

    /** What the agent's files say about the newest message, before a model was asked. */
    record Consulted(List<Excerpt> excerpts) implements Entry {
        public Consulted {
            excerpts = List.copyOf(excerpts);
        }
    }

    /**
     * The computer is open; what isolation was measured in it.
     *
     * @param place where its workspace lies; null of a kept one, and in logs of earlier versions
     */
    record ComputerOpened(Isolation isolation, @Nullable String place) implements Entry {}

    /** What the user's memories said about the task, before a model was asked. */
    record Recalled(List<Reminder> reminders) implements Entry {
        public Recalled {
            reminders = List.copyOf(reminders);
        }
    }

    /**
     * The guard judged something that was to leave the computer, or the server on behalf of the run.
     *
     * @param target as it was asked for when it was denied, host and port when allowed
     * @param reason why it was denied; null when it was allowed
     * @param times how often the same was judged the same way since the last such entry
     */
    record EgressJudged(String target, @Nullable String reason, int times) implements Entry {}

    /** A model is about to be asked; the attempt counts from 1 in each iteration. */
    record ModelCalled(int iteration, int attempt) implements Entry {}

    /** A piece of a reply that is still being written. */
    record ModelSpoke(int iteration, Delta delta) implements Entry {}

    /** An attempt failed; null {@code nextTry} (milliseconds from then) when there is none. */
    record ModelFailed(
            int iteration,
            int attempt,
            String reason,
            @Nullable Long nextTry) implements Entry {}

    record ModelReplied(int iteration, Reply reply) implements Entry {}

    /** A tool is about to run: the intent, stored before any effect. */
    record ToolCalled(int iteration, ToolCall call) implements Entry {}

    /** A picture that the tool showed; it stands before the tool's return, and is for the model alone. */
    record ToolShowed(int iteration, String callId, Picture picture) implements Entry {}

    /** What came of it. In doubt means that its effect is unknown: it began, and the server was lost before the end. */
    record ToolReturned(
            int iteration, String callId, String tool, Json output, boolean isError, boolean inDoubt, long millis)
            implements Entry {}

    /** A program of that runtime works, and calls its own conversation so. */
    record SessionBegan(String runtime, String session) implements Entry {
        public String line() {
            return "The runtime " + runtime + " works, in its session " + session + ".";
        }
    }

    /**
     * What a program says that it used beyond what its replies told.
     *
     * @param dollars what it says that all of it cost; 0 when it does not know
     */
    record Charged(Usage usage, double dollars) implements Entry {}

    /** The caller's files lie in the workspace; they are not written again over what the agent made of them. */
    record FilesPlaced(int count) implements Entry {
        public String line() {
            return count + (count == 1 ? " file was" : " files were") + " written to the workspace.";
        }
    }

    /** The computer was opened anew where the workspace of the former one is not; the model is told. */
    record WorkspaceLost() implements Entry {
        public String line() {
            return "The server that had the computer is gone, and the workspace with it: what was written there before"
                    + " is gone, and the computer is empty.";
        }
    }

    /** The final answer did not fit the schema, and the model is asked again. */
    record ResultRefused(int iteration, String reason) implements Entry {
        public String line() {
            return "The answer does not fit the result schema, asking again: " + reason;
        }
    }

    /**
     * Here ends what was copied from another run, and this one goes on by itself, in a computer of its own.
     *
     * @param agent whose run that was
     * @param step the last one that was copied, as that run counts them
     * @param edited what was changed on the way: task, text or output; null when nothing was
     */
    record Forked(
            AgentId agent, RunId run, long step, @Nullable String edited) implements Entry {
        /** What the model is told of it. */
        static final String TOLD = "\n\nThis conversation began in another computer. The one you have now is fresh:"
                + " files that were written and programs that were started before are not in it, unless they lie in a"
                + " folder that is shared. Look before you rely on them.";

        public String line() {
            return "Forked from step " + step + " of run " + run
                    + (edited == null ? "" : ", with its " + edited + " changed") + "; its computer is a fresh one.";
        }
    }

    /** The last entry of every run. */
    sealed interface Ended extends Entry {}

    record Completed(String result) implements Ended {}

    record Failed(FailureReason reason, String message) implements Ended {}

    record Stopped(String by) implements Ended {}
}
