package dev.drover.core.run;

import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Makes entries of the run's log of what one start of a program tells. */
final class ProgramLog implements AutoCloseable {
    private static final int MOST_REMARKS = 200;

    private final String runtime;
    private final LogWriter writer;
    private final Transcript transcript;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Map<String, Begun> begun = new HashMap<>();
    private final String start;
    private final Usage before;
    private @Nullable DeltaBuffer deltas;
    private Usage told = Usage.NONE;
    private int remarks;
    private int unreadable;
    private boolean heard;
    private Entry.@Nullable Ended end;

    private record Begun(ToolCall call, int iteration, Instant at) {}

    /** @param before what was used in its session before this start */
    ProgramLog(
            String runtime,
            Usage before,
            LogWriter writer,
            Transcript transcript,
            ScheduledExecutorService timer,
            Clock clock) {
        this.before = before;
        this.runtime = runtime;
        this.writer = writer;
        this.transcript = transcript;
        this.timer = timer;
        this.clock = clock;
        // Some programs number their calls from the beginning at each start.
        this.start = transcript.iterations() + "-";
    }

    /** What the program said is the end; null while it has not. */
    Entry.@Nullable Ended end() {
        return end;
    }

    /** Whether its model said anything at all. */
    boolean heard() {
        return heard;
    }

    void take(String line, Reading reading) throws LeaseLost {
        if (line.isBlank()) {
            return;
        }
        try {
            for (Told each : reading.read(line)) {
                take(each);
            }
        } catch (Reading.Unreadable e) {
            unreadable++;
            if (unreadable == 1) {
                remark("The runtime printed what is not in its language: "
                        + line.substring(0, Math.min(200, line.length())));
            }
        }
    }

    /** The program has ended. */
    void rest(Reading reading) throws LeaseLost {
        for (Told each : reading.rest()) {
            take(each);
        }
        if (unreadable > 1) {
            remarks = 0;
            remark("So it did in " + unreadable + " lines.");
        }
    }

    void take(Told each) throws LeaseLost {
        switch (each) {
            case Told.Session(String id) -> session(id);
            case Told.Piece(var delta) -> {
                heard = true;
                spoken().accept(delta);
            }
            case Told.Replied(Reply reply) -> replied(reply);
            case Told.Returned returned -> returned(returned);
            case Told.Remarked(String text) -> remark(text);
            case Told.Charged charged -> charged(charged);
            case Told.Finished(String result) -> end = new Entry.Completed(result);
            case Told.Failed(String message) -> end = new Entry.Failed(FailureReason.REASONING_UNAVAILABLE, message);
        }
    }

    private void session(String id) throws LeaseLost {
        if (!id.equals(transcript.session())) {
            store(new Entry.SessionBegan(runtime, id));
        }
    }

    private DeltaBuffer spoken() {
        DeltaBuffer current = deltas;
        if (current == null) {
            int iteration = transcript.iterations() + 1;
            current = new DeltaBuffer(
                    timer, writer.masking().mask(), delta -> writer.appendSoon(new Entry.ModelSpoke(iteration, delta)));
            deltas = current;
        }
        return current;
    }

    private void replied(Reply reply) throws LeaseLost {
        heard = true;
        DeltaBuffer spoken = deltas;
        if (spoken != null) {
            spoken.finish();
            deltas = null;
        }
        told = told.plus(reply.usage());
        int iteration = transcript.iterations() + 1;
        List<ToolCall> calls = reply.calls().stream()
                .map(call -> new ToolCall(start + call.id(), call.tool(), call.input()))
                .toList();
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.ModelReplied(
                iteration,
                new Reply(
                        reply.text(),
                        reply.thinking(),
                        calls,
                        reply.usage(),
                        reply.stop(),
                        reply.model(),
                        reply.vendor())));
        for (ToolCall call : calls) {
            begun.put(call.id(), new Begun(call, iteration, clock.instant()));
            entries.add(new Entry.ToolCalled(iteration, call));
        }
        store(entries.toArray(Entry[]::new));
    }

    private void returned(Told.Returned returned) throws LeaseLost {
        Begun call = begun.remove(start + returned.callId());
        if (call != null) {
            store(new Entry.ToolReturned(
                    call.iteration(),
                    call.call().id(),
                    call.call().tool(),
                    returned.output(),
                    returned.isError(),
                    false,
                    Duration.between(call.at(), clock.instant()).toMillis()));
        }
    }

    private void remark(String text) {
        if (remarks++ < MOST_REMARKS) {
            writer.appendSoon(new Entry.Noted(text));
        }
    }

    /** What the replies told is counted already. */
    private void charged(Told.Charged charged) throws LeaseLost {
        Usage all = charged.usage();
        Usage counted = charged.sinceBegin() ? told.plus(before) : told;
        Usage more = new Usage(
                Math.max(0, all.inputTokens() - counted.inputTokens()),
                Math.max(0, all.outputTokens() - counted.outputTokens()),
                Math.max(0, all.cacheReadTokens() - counted.cacheReadTokens()),
                Math.max(0, all.cacheWriteTokens() - counted.cacheWriteTokens()));
        double dollars = charged.dollars() == null ? 0 : charged.dollars();
        if (!more.equals(Usage.NONE) || dollars > 0) {
            store(new Entry.Charged(more, dollars));
        }
    }

    private void store(Entry... entries) throws LeaseLost {
        writer.append(entries);
        for (Entry entry : entries) {
            transcript.take(writer.masking().of(entry));
        }
    }

    @Override
    public void close() {
        DeltaBuffer spoken = deltas;
        if (spoken != null) {
            spoken.close();
        }
    }
}
