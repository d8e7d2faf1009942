package dev.drover.core.run;

import dev.drover.core.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one log row by row; of many wrong rows the first are told. */
final class LogVerdict {
    private static final int MOST_TOLD = 20;
    private static final String CHANGED = "somebody other than Drover changed the table; compare with a backup";

    private final LogRow.Owner owner;
    private final EventCodec codec;
    private final List<Violation> found = new ArrayList<>();
    private final Set<Call> intended = new HashSet<>();
    private final Set<Call> returned = new HashSet<>();
    private long seq;
    private long step;
    private boolean chained;
    private @Nullable String end;

    LogVerdict(LogRow.Owner owner, EventCodec codec) {
        this.owner = owner;
        this.codec = codec;
        this.chained = owner.isSealed();
    }

    private record Call(int iteration, String id) {}

    LogRow.Owner owner() {
        return owner;
    }

    void take(LogRow row) {
        if (row.seq() == 0 || owner.isCut()) {
            // What is left of a log that was cut stands under the numbers that it had.
            return;
        }
        numbers(row);
        proof(row);
        end(row);
        calls(row);
    }

    private void numbers(LogRow row) {
        if (row.seq() != seq + 1) {
            wrong(seq + 1, "is missing: the log goes on with " + row.seq());
        }
        seq = row.seq();
        if (row.step() > 0) {
            if (row.step() != step + 1) {
                wrong(row.seq(), "is step " + row.step() + ", expected step " + (step + 1));
            }
            step = row.step();
        }
    }

    /** A chain begins where digests begin, and never stops. */
    private void proof(LogRow row) {
        switch (row.proof()) {
            case GOOD -> chained = true;
            case BAD -> {
                chained = true;
                wrong(row.seq(), "is not as it was written: its digest does not fit it and the row before it");
            }
            case NONE -> {
                if (chained) {
                    wrong(row.seq(), "has no digest, though the log has digests before it");
                    chained = false;
                }
            }
        }
    }

    private void end(LogRow row) {
        if (end != null) {
            wrong(row.seq(), "stands behind the end of the log (" + end + ")");
        }
        if (List.of("completed", "failed", "stopped").contains(row.kind())) {
            end = row.kind();
        }
    }

    private void calls(LogRow row) {
        Optional<Entry> read = read(row);
        if (read.isEmpty()) {
            return;
        }
        switch (read.get()) {
            case Entry.ToolCalled called -> {
                if (!intended.add(new Call(called.iteration(), called.call().id()))) {
                    wrong(
                            row.seq(),
                            "is a second intent of the call " + called.call().id());
                }
            }
            case Entry.ToolReturned back -> {
                Call call = new Call(back.iteration(), back.callId());
                if (!intended.contains(call)) {
                    wrong(row.seq(), "is the result of the call " + back.callId() + ", which was never begun");
                } else if (!returned.add(call)) {
                    wrong(row.seq(), "is a second result of the call " + back.callId());
                }
            }
            default -> {}
        }
    }

    /** Empty for what is no call. */
    private Optional<Entry> read(LogRow row) {
        String call = row.call();
        if (call == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.read(EventKind.of(row.kind()), new Json(call)));
        } catch (IllegalStateException e) {
            wrong(row.seq(), "cannot be read as a " + row.kind());
            return Optional.empty();
        }
    }

    /** What is wrong, now that the whole log was seen. */
    List<Violation> whole() {
        String last = end;
        if (owner.isCut()) {
            return List.of();
        }
        if (last == null && owner.isOver()) {
            wrong(seq + 1, "is missing: the run is " + owner.status() + ", and its log has no end");
        } else if (last != null && !status(last).equals(owner.status())) {
            wrong(seq, "is " + last + ", though the run is " + owner.status());
        }
        return found;
    }

    private static String status(String end) {
        return end.equals("failed") ? "error" : end;
    }

    private void wrong(long place, String what) {
        if (found.size() < MOST_TOLD) {
            String text = "event " + place + " " + what + "; " + CHANGED;
            found.add(new Violation(Violation.Kind.LOG, owner.agent(), owner.run(), place, text));
        }
    }
}
