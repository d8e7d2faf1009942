package dev.drover.core.run;

import dev.drover.core.id.RunId;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Works a run once more, holder after holder, by the loop that worked it, from what its log says came from outside.
 * There is no model, no tool, no computer and no database here.
 */
final class Replaying {
    private static final int ROOM = 1 << 28;

    private final Score score;
    private final ReplayLog log;
    private final ReplayTools tools;
    private final Schemas schemas;

    /**
     * What a run was begun with, and what it came to.
     *
     * @param task what a run without a brief begins with
     */
    record Score(
            RunId run,
            String task,
            RunOptions options,
            @Nullable Brief brief,
            List<Event> events) {}

    Replaying(Score score, ReplayLog log, Schemas schemas) {
        this.score = score;
        this.log = log;
        this.tools = new ReplayTools(log);
        this.schemas = schemas;
    }

    /** Goes as far as the log does, or to the first difference. */
    void play() {
        try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(0)) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = playOneHolder(timer);
            }
        }
        log.expectEnd();
    }

    /** Whether another holder comes behind this one. */
    private boolean playOneHolder(ScheduledExecutorService timer) {
        Transcript transcript = transcript();
        log.tell(transcript::take);
        LogWriter writer = new LogWriter(log, new Lease(score.run(), 1), LogEnd.NOTHING, RunUsage.NONE, log.clock());
        Optional<Entry.Ended> end = end(new LiveRun(Thread.currentThread()), writer, transcript, timer);
        Optional<Entry> here = log.here();
        if (here.isPresent() && Resumption.is(here.get())) {
            // A holder that came to the end may have been lost before it could store it.
            return log.resume(Resumption.of(transcript));
        }
        if (here.isPresent() && here.get() instanceof Entry.Ended outside && ReplayLog.isFromOutside(outside)) {
            // It may have come between the loop's last entry and the loop's own end, which then was not taken.
            log.openEnd();
            return close(writer, transcript, outside);
        }
        if (end.isPresent()) {
            return close(writer, transcript, end.get());
        }
        if (here.isPresent() && here.get() instanceof Entry.Forked) {
            log.pass();
            return true;
        }
        return false;
    }

    private boolean close(LogWriter writer, Transcript transcript, Entry.Ended end) {
        OpenCalls.closed(transcript, tools::failed, end).forEach(writer::appendSoon);
        return false;
    }

    /** As whoever takes the run up reads it. */
    private Transcript transcript() {
        Transcript transcript = score.brief() == null ? new Transcript(score.task()) : new Transcript();
        log.came().forEach(transcript::take);
        return transcript;
    }

    /** The loop's own end; empty where the log says that it came to none. */
    private Optional<Entry.Ended> end(
            LiveRun live, LogWriter writer, Transcript transcript, ScheduledExecutorService timer) {
        Brief brief = score.brief();
        try {
            if (brief != null && brief.runtime() != null) {
                return new ReplayedProgram(log, brief.runtime(), writer, transcript, timer).work();
            }
            return Optional.of(new RunLoop(live, writer, transcript, setup(live, timer)).work());
        } catch (LeaseLost | InterruptedException e) {
            return Optional.empty();
        } catch (ModelCaller.GaveUp e) {
            return Optional.of(e.end());
        }
    }

    /** How long was waited between attempts is as the log says, so that time needs no measuring. */
    private RunLoop.Setup setup(LiveRun live, ScheduledExecutorService timer) {
        Clock still = Clock.fixed(score.events().getFirst().at(), log.clock().getZone());
        Toolbox none = new Toolbox(List.of(), ToolStyle.PLAIN, schemas, (output, limit) -> output);
        ReplayModel model = new ReplayModel(log);
        ModelProfile profile = new ModelProfile(model.name(), model, "", ROOM, 1, null);
        return new RunLoop.Setup(
                model,
                new Prompts(profile, "", none),
                tools,
                new ModelCaller(still, timer, wait -> {}, RunWatch.NONE),
                RunWatch.NONE,
                still,
                limit(),
                new StepClock(live, timer, null),
                ResultCheck.of(score.options(), score.brief(), schemas),
                score.brief() == null);
    }

    /** Where the house set it, it may be another one today: then the log says which it was. */
    private StepLimit limit() {
        Brief brief = score.brief();
        Integer cap = score.options().maxIterations();
        if (brief != null) {
            return StepLimit.of(brief);
        }
        if (cap != null) {
            return StepLimit.ofIterations(cap);
        }
        boolean reached = score.events().getLast().entry() instanceof Entry.Failed failed
                && failed.reason() == FailureReason.ITERATION_CAP_REACHED;
        return StepLimit.ofIterations(
                reached
                        ? (int) score.events().stream()
                                .filter(event -> event.entry() instanceof Entry.ModelReplied)
                                .count()
                        : Integer.MAX_VALUE);
    }
}
