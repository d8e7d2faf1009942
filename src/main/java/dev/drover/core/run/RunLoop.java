package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.ToolResult;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works one run from wherever its log stands to its end: asks the model, runs the tools it calls, and stores each step
 * before the next begins.
 */
final class RunLoop {
    private static final String IN_DOUBT =
            "the server was interrupted while this ran. Its effect is unknown and it was "
                    + "not repeated; check what it did before you go on.";

    private final LiveRun live;
    private final LogWriter writer;
    private final Transcript transcript;
    private final Setup setup;

    RunLoop(LiveRun live, LogWriter writer, Transcript transcript, Setup setup) {
        this.live = live;
        this.writer = writer;
        this.transcript = transcript;
        this.setup = setup;
    }

    /**
     * What a loop works with; the same for the whole run.
     *
     * @param check null when any text will do as the result
     * @param wordless whether an answer without a word is one
     */
    record Setup(
            LanguageModel model,
            Prompts prompts,
            Tools tools,
            ModelCaller caller,
            RunWatch watch,
            Clock clock,
            StepLimit limit,
            StepClock stepClock,
            @Nullable ResultCheck check,
            boolean wordless) {}

    /** How the run ends; the caller stores it. */
    Entry.Ended work() throws LeaseLost, InterruptedException, ModelCaller.GaveUp {
        settleOpenCalls();
        while (true) {
            Reply last = transcript.lastReply();
            if (last != null && last.calls().isEmpty()) {
                Entry verdict = judged(last);
                if (verdict instanceof Entry.Ended ended) {
                    return ended;
                }
                writer.append(verdict);
                transcript.take(verdict);
            }
            boolean toolsNotAllowed = !transcript.openCalls().isEmpty();
            if (toolsNotAllowed || !setup.limit().allowsModel(transcript)) {
                return new Entry.Failed(
                        FailureReason.ITERATION_CAP_REACHED, setup.limit().usedUp());
            }
            live.boundary();
            int iteration = transcript.iterations() + 1;
            Reply reply;
            try (StepClock.Step _ = setup.stepClock().begin()) {
                reply = setup.caller()
                        .ask(iteration, setup.model(), setup.prompts().of(transcript), writer);
            }
            take(iteration, writer.masking().of(setup.prompts().core(reply)));
        }
    }

    private Entry judged(Reply last) {
        ResultCheck check = setup.check();
        if (last.text().isBlank() && !setup.wordless()) {
            return new Entry.Failed(FailureReason.REASONING_UNAVAILABLE, "the model ended without a word");
        }
        return check == null
                ? new Entry.Completed(last.text())
                : check.judge(transcript.iterations(), last.text(), transcript.refusals());
    }

    /** The reply and the intent of its first call share a flush: both are known at the same moment. */
    private void take(int iteration, Reply reply) throws LeaseLost, InterruptedException {
        Entry.ModelReplied replied = new Entry.ModelReplied(iteration, reply);
        transcript.take(replied);
        if (reply.calls().isEmpty() || !setup.limit().allowsTools(transcript)) {
            // It goes to disk with the end of the run, which the caller stores behind it.
            writer.appendSoon(replied);
            return;
        }
        Entry.ToolCalled first = new Entry.ToolCalled(iteration, reply.calls().getFirst());
        writer.append(replied, first);
        transcript.take(first);
        try (StepClock.Step _ = setup.stepClock().begin()) {
            for (ToolCall call : reply.calls()) {
                if (!transcript.hasBegun(call)) {
                    live.boundary();
                    begin(iteration, call);
                }
                run(iteration, call);
            }
        }
    }

    private void begin(int iteration, ToolCall call) throws LeaseLost {
        Entry.ToolCalled called = new Entry.ToolCalled(iteration, call);
        writer.append(called);
        transcript.take(called);
    }

    private void run(int iteration, ToolCall call) throws LeaseLost, InterruptedException {
        Instant began = setup.clock().instant();
        RunWatch.Outcome outcome = RunWatch.Outcome.CANCELLED;
        ToolResult result;
        try {
            result = uncancelled(call);
            outcome = result.isError() ? RunWatch.Outcome.FAILED : RunWatch.Outcome.OK;
        } finally {
            String tool = setup.tools().has(call) ? call.tool() : RunWatch.UNKNOWN_TOOL;
            setup.watch()
                    .toolRan(new RunWatch.ToolAttempt(
                            iteration, call.id(), tool, began, setup.clock().instant(), outcome));
        }
        long millis = setup.clock().instant().toEpochMilli() - began.toEpochMilli();
        store(
                result.pictures().stream()
                        .map(picture -> new Entry.ToolShowed(iteration, call.id(), picture))
                        .toList(),
                new Entry.ToolReturned(
                        iteration, call.id(), call.tool(), result.output(), result.isError(), false, millis));
    }

    private ToolResult uncancelled(ToolCall call) throws InterruptedException {
        ToolResult result;
        try {
            live.enterTool();
            result = setup.tools().run(call);
        } finally {
            live.leaveTool();
        }
        if (live.cause() != null) {
            // Whatever came back is the work of our own TERM, not the tool's answer.
            throw new InterruptedException("the run was ended while " + call.tool() + " ran");
        }
        return result;
    }

    private void store(List<Entry.ToolShowed> showed, Entry.ToolReturned bare) throws LeaseLost {
        List<Entry> entries = new ArrayList<>(showed);
        entries.add(writer.masking().of(bare));
        writer.append(entries.toArray(Entry[]::new));
        entries.forEach(transcript::take);
    }

    /** After a crash: what had begun is repeated only if that does no harm; what had not begun simply runs. */
    private void settleOpenCalls() throws LeaseLost, InterruptedException {
        if (!setup.limit().allowsTools(transcript)) {
            return;
        }
        try (StepClock.Step _ = setup.stepClock().begin()) {
            settleOpenCalls(transcript.iterations());
        }
    }

    private void settleOpenCalls(int iteration) throws LeaseLost, InterruptedException {
        for (ToolCall call : transcript.openCalls()) {
            if (!transcript.hasBegun(call)) {
                begin(iteration, call);
                run(iteration, call);
            } else if (setup.tools().repeatable(call)) {
                run(iteration, call);
            } else {
                Json inDoubt = setup.tools().failed(call, IN_DOUBT).output();
                store(List.of(), new Entry.ToolReturned(iteration, call.id(), call.tool(), inDoubt, true, true, 0));
            }
        }
    }
}
