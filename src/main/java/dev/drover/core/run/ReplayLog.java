package dev.drover.core.run;

import dev.drover.core.model.Picture;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stored log that a loop is led through once more. What the loop hands over must be what stands there next; what came
 * from outside of it is passed by itself. Where the log says that the loop's holder was lost, or that somebody ended
 * the run, nothing more is taken, as it was then.
 */
final class ReplayLog implements LogKeeper {
    private final List<Event> log;
    private final Canon canon;
    private final List<Entry> came = new ArrayList<>();
    private Consumer<Entry> heard = entry -> {};
    private boolean endsFromOutside;
    private int next;
    private int made;
    private long steps;
    private Replay.@Nullable Difference difference;

    /** @param log without pieces of replies */
    ReplayLog(List<Event> log, Canon canon) {
        this.log = log;
        this.canon = canon;
    }

    /** From here on that hears what is passed. */
    void tell(Consumer<Entry> hearer) {
        heard = hearer;
    }

    /** What came so far. */
    List<Entry> came() {
        return List.copyOf(came);
    }

    /** How much of it was handed over, and not passed. */
    int made() {
        return made;
    }

    Replay.@Nullable Difference difference() {
        return difference;
    }

    @Override
    public EventCodec codec() {
        return canon.codec();
    }

    @Override
    public Append submit(Append append) {
        boolean taken = append.events().stream().map(Event::entry).allMatch(this::take);
        append.settle(taken);
        return append;
    }

    private boolean take(Entry entry) {
        Optional<Event> due = next();
        if (due.isEmpty()) {
            return false;
        }
        Entry logged = due.get().entry();
        if (canon.of(entry).equals(canon.of(logged))) {
            made++;
            pass();
            return difference == null;
        }
        if (endsFromOutside || !isFromOutside(logged)) {
            came.add(entry);
            differ(due.get(), entry);
        }
        return false;
    }

    /** What the loop has to come to next; empty where its work was broken off, was ended by somebody, or differs. */
    Optional<Entry> due() {
        return next().map(Event::entry).filter(entry -> !isFromOutside(entry));
    }

    /** What stands next as the result of that call; empty where something else does. */
    Optional<Entry.ToolReturned> result(String callId) {
        passRemarks();
        int at = next;
        while (at < log.size() && isPictureOf(callId, log.get(at).entry())) {
            at++;
        }
        boolean is = difference == null
                && at < log.size()
                && log.get(at).entry() instanceof Entry.ToolReturned returned
                && returned.callId().equals(callId);
        return is ? Optional.of((Entry.ToolReturned) log.get(at).entry()) : Optional.empty();
    }

    /** What it showed. */
    List<Picture> pictures(String callId) {
        return log.subList(next, log.size()).stream()
                .map(Event::entry)
                .takeWhile(entry -> isPictureOf(callId, entry))
                .map(entry -> ((Entry.ToolShowed) entry).picture())
                .toList();
    }

    private static boolean isPictureOf(String callId, Entry entry) {
        return entry instanceof Entry.ToolShowed showed && showed.callId().equals(callId);
    }

    /** The entry at which the loop was left: the end from outside, or a new beginning; empty behind the last. */
    Optional<Entry> here() {
        passRemarks();
        return difference != null || next == log.size()
                ? Optional.empty()
                : Optional.of(log.get(next).entry());
    }

    private Optional<Event> next() {
        passRemarks();
        boolean none =
                difference != null || next == log.size() || isCut(log.get(next).entry());
        return none ? Optional.empty() : Optional.of(log.get(next));
    }

    private void passRemarks() {
        while (difference == null && next < log.size() && isRemark(log.get(next).entry())) {
            heard.accept(log.get(next).entry());
            pass();
        }
    }

    /** Takes what stands here for what comes now. */
    void pass() {
        Event event = log.get(next);
        boolean isStep = Labels.isStep(event.entry());
        steps += isStep ? 1 : 0;
        if (event.step() != (isStep ? steps : 0)) {
            difference = new Replay.Difference(event.seq(), "step " + event.step(), "step " + (isStep ? steps : 0));
        }
        came.add(event.entry());
        next++;
    }

    /** The end of the run; empty while it goes on. */
    Optional<Entry.Ended> end() {
        return log.getLast().entry() instanceof Entry.Ended end ? Optional.of(end) : Optional.empty();
    }

    /** From here on an end from outside is expected, as if it were the loop's. */
    void openEnd() {
        endsFromOutside = true;
    }

    /** The remark of whoever took the run over, which counts what was kept. */
    boolean resume(Entry.Noted remark) {
        Event here = log.get(next);
        if (canon.of(remark).equals(canon.of(here.entry()))) {
            made++;
            pass();
        } else {
            came.add(remark);
            differ(here, remark);
        }
        return difference == null;
    }

    /** The loop came to its end, or would not go on, though the log does. */
    void expectEnd() {
        if (difference == null && next < log.size()) {
            Event event = log.get(next);
            difference = Replay.Difference.between(event.seq(), canon.of(event.entry()), "");
        }
    }

    private void differ(Event logged, Entry entry) {
        difference = Replay.Difference.between(logged.seq(), canon.of(logged.entry()), canon.of(entry));
    }

    /** The time at which the next entry was stored. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("a log's times are in UTC");
            }

            @Override
            public Instant instant() {
                return log.get(Math.min(next, log.size() - 1)).at();
            }
        };
    }

    /** Where one holder's work ends and another's begins. */
    private static boolean isCut(Entry entry) {
        return Resumption.is(entry) || entry instanceof Entry.Forked;
    }

    /** What was stored beside the loop, and goes through it. */
    private static boolean isRemark(Entry entry) {
        return switch (entry) {
            case Entry.Noted noted -> !isCut(noted);
            case Entry.Instructed _, Entry.Spoken _, Entry.Consulted _, Entry.Recalled _ -> true;
            case Entry.ComputerOpened _, Entry.EgressJudged _, Entry.FilesPlaced _ -> true;
            case Entry.WorkspaceLost _ -> true;
            case Entry.ModelSpoke _, Entry.SessionBegan _, Entry.Charged _ -> true;
            case Entry.ModelCalled _, Entry.ModelFailed _, Entry.ModelReplied _ -> false;
            case Entry.ToolCalled _, Entry.ToolShowed _, Entry.ToolReturned _ -> false;
            case Entry.ResultRefused _, Entry.Ended _, Entry.Forked _ -> false;
        };
    }

    /** An end that is not the loop's own: somebody stopped the run, its time was up, or what it stands on broke. */
    static boolean isFromOutside(Entry entry) {
        return switch (entry) {
            case Entry.Stopped _ -> true;
            case Entry.Failed failed ->
                switch (failed.reason()) {
                    case MAX_DURATION_EXCEEDED, CONTAINER_FAILED, INTERNAL_ERROR -> true;
                    case ITERATION_CAP_REACHED, REASONING_UNAVAILABLE, RESULT_INVALID -> false;
                };
            default -> false;
        };
    }
}
