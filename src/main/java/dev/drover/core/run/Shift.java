package dev.drover.core.run;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerOnDemand;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.context.Excerpt;
import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.memory.Memory;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.Belongings;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolResult;
import dev.drover.core.usage.Metering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One holder's work on one run, from its computer to its end. This is where whatever goes wrong in a run ends up. */
final class Shift {
    private static final Logger log = LoggerFactory.getLogger(Shift.class);

    private final Held held;
    private final LiveRun live;
    private final LogWriter writer;
    private final Transcript transcript;
    private final Workshop workshop;
    private final Freight freight;
    private final ScheduledExecutorService timer;
    private final RunWatch watch;
    private final Reminders reminders;
    private final EgressLedger ledger;
    private final EgressGuard egress;
    private final Lane lane;
    private @Nullable Computer computer;
    private @Nullable Kit kit;
    private volatile LentSecrets secrets = LentSecrets.NONE;

    Shift(
            Held held,
            LiveRun live,
            LogWriter writer,
            Transcript transcript,
            RunRoom room,
            ScheduledExecutorService timer) {
        this.held = held;
        this.live = live;
        this.writer = writer;
        this.transcript = transcript;
        this.workshop = room.workshop();
        this.freight = new Freight(room);
        this.lane = new Lane(room, live);
        this.timer = timer;
        this.reminders = new Reminders(workshop.memory());
        this.watch = workshop.observer().began(held.run(), held.givenName());
        this.ledger = new EgressLedger(writer::appendSoon, workshop.clock());
        this.egress = workshop.egress().within(held.options().network()).reportingTo(ledger);
    }

    /** What the caller said of this run. */
    RunOptions options() {
        return held.options();
    }

    /** Works until the run is over, somebody else ended it, or this server lets go of it. */
    void work() {
        RunChange.@Nullable Ended ended = null;
        try {
            reminders.look(held, transcript);
            Optional<Entry.Ended> end = endOfLoop();
            if (end.isPresent()) {
                RunChange.Ended change = RunChange.Ended.of(end.get());
                List<Entry> last = new ArrayList<>(collected());
                last.addAll(OpenCalls.closed(transcript, this::failed, end.get()));
                ledger.close();
                writer.append(change, last);
                workshop.observer().ended(held.run().id(), change.status(), change.error());
                ended = change;
                leaveBehind(end.get());
            }
        } catch (LeaseLost e) {
            log.debug("{}", e.getMessage());
            live.lost(freight.isOver(live, held.run().id()));
        } finally {
            tellLeft(ended);
            leave(ended != null);
        }
    }

    private ToolResult failed(ToolCall call, String reason) {
        Kit used = kit;
        return LiveTools.failed(used == null ? workshop.toolbox() : used.toolbox(), call, reason);
    }

    private void leaveBehind(Entry.Ended end) {
        if (end instanceof Entry.Completed completed && options().memory().extract()) {
            String namespace = options().memory().namespace();
            workshop.memory()
                    .learn(
                            held.owner(),
                            namespace == null ? Memory.DEFAULT_NAMESPACE : namespace,
                            workshop.profiles().named(held.owner(), held.asks()),
                            secrets.mask().hide(Story.of(transcript, completed.result())));
        }
    }

    /** The time of a run counts from here: a computer that is slow to come costs it nothing. */
    private Entry.Ended inTime(Computer opened)
            throws LeaseLost, InterruptedException, ModelCaller.GaveUp, ComputerFailure {
        Future<?> deadline =
                timer.schedule(() -> live.end(LiveRun.Cause.EXPIRED), timeLeft().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return loop(opened);
        } finally {
            deadline.cancel(false);
        }
    }

    private void tellLeft(RunChange.@Nullable Ended ended) {
        if (ended != null) {
            watch.left(ended.status(), ended.error());
        } else {
            watch.left(live.cause() == LiveRun.Cause.STOPPED ? RunStatus.STOPPED : RunStatus.RUNNING, null);
        }
    }

    private Duration timeLeft() {
        Duration left = longest().minus(held.worked());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration longest() {
        return options().longest(workshop.plan());
    }

    private Optional<Entry.Ended> endOfLoop() throws LeaseLost {
        try {
            return Optional.of(inTime(open()));
        } catch (InterruptedException e) {
            return endOfInterrupt();
        } catch (ComputerFailure e) {
            return endOr(FailureReason.CONTAINER_FAILED, e);
        } catch (ModelCaller.GaveUp e) {
            return live.cause() != null ? endOfInterrupt() : Optional.of(e.end());
        } catch (RuntimeException e) {
            log.error("run {} broke", held.run().id(), e);
            return endOr(FailureReason.INTERNAL_ERROR, e);
        }
    }

    /** An error that came of being ended is no error of the run. */
    private Optional<Entry.Ended> endOr(FailureReason reason, Exception failure) {
        return live.cause() != null ? endOfInterrupt() : Optional.of(new Entry.Failed(reason, said(failure)));
    }

    private static String said(Exception failure) {
        String message = failure.getMessage();
        // What the house itself broke on may name paths or statements: that is for the log.
        return message == null || failure instanceof RuntimeException
                ? "an internal error, which is in the server's log"
                : message;
    }

    private Optional<Entry.Ended> endOfInterrupt() {
        boolean interrupted = Thread.interrupted();
        log.debug("run {} was told to end: {} {}", held.run().id(), live.cause(), interrupted);
        LiveRun.Cause cause = live.cause();
        if (cause == null || !cause.isLate()) {
            return Optional.empty();
        }
        Kit used = kit;
        return Optional.of(new Entry.Failed(
                FailureReason.MAX_DURATION_EXCEEDED,
                cause == LiveRun.Cause.OVERDUE && used != null
                        ? "a step took longer than " + used.limit().seconds() + " s"
                        : "the run was over its longest duration of " + longest()));
    }

    private Computer open() throws ComputerFailure, InterruptedException, LeaseLost {
        takeSecrets();
        Brief brief = held.brief();
        if (brief != null) {
            return begin(brief);
        }
        boolean lost = isLost();
        Computer opened = opened(lost);
        computer = opened;
        live.opened(opened);
        writer.append(new RunChange.Started(), List.of(new Entry.ComputerOpened(opened.isolation(), workshop.place())));
        if (lost) {
            tellLoss();
        }
        deliver(opened);
        return opened;
    }

    /** What is still here of a workspace that was lost is older than what was lost with it. */
    private Computer opened(boolean lost) throws ComputerFailure, InterruptedException {
        if (lost) {
            workshop.computers().discard(held.home());
        }
        var limits = ComputerSpec.Limits.of(workshop.plan());
        return workshop.computers().open(new ComputerSpec(held.home(), limits, secrets.environment(), egress));
    }

    /** Most such runs need no computer, and those of one thread wait for each other. */
    private Computer begin(Brief brief) throws ComputerFailure, InterruptedException {
        ComputerOnDemand onDemand = new ComputerOnDemand(() -> {
            Optional<Computer> kept = workshop.kept().borrow(held.run().agent());
            if (kept.isEmpty() && brief.runtime() != null) {
                throw new ComputerFailure("the runtime " + brief.runtime()
                        + " works only in a computer that the agent keeps; start the agent first");
            }
            boolean lost = kept.isEmpty() && isLost();
            Computer opened = kept.isPresent() ? kept.get() : opened(lost);
            hideKept();
            writer.appendSoon(new Entry.ComputerOpened(opened.isolation(), kept.isPresent() ? null : workshop.place()));
            if (lost) {
                tellLoss();
            }
            return opened;
        });
        computer = onDemand;
        live.opened(onDemand);
        lane.await(held);
        transcript.follows(lane.earlier(held, brief.earlier()));
        writer.appendSoon(new RunChange.Started(), new Entry.Noted("Working."));
        if (brief.runtime() != null || transcript.hadComputer()) {
            // What a former holder left in it is kept and cleared away by whoever has it open at the end.
            onDemand.open();
        }
        return onDemand;
    }

    /** Whether the run was at work in a workspace that is not here: its server had a disk of its own. */
    private boolean isLost() {
        return transcript.hadComputer()
                && (transcript.calledTools() || transcript.hasFilesPlaced())
                && !(transcript.worksAt(workshop.place())
                        && workshop.computers().workspaceOf(held.home()).isPresent());
    }

    private void tellLoss() {
        Entry.WorkspaceLost lost = new Entry.WorkspaceLost();
        writer.appendSoon(lost);
        transcript.take(lost);
    }

    /** As they are now; from here on their values are in nothing that is stored. */
    private void takeSecrets() throws LeaseLost {
        List<String> named = held.options().secrets();
        if (!named.isEmpty()) {
            secrets = Freight.patiently(live, () -> workshop.secrets().lend(held.owner(), named));
        }
        hideKept();
        List<String> gone =
                named.stream().filter(name -> !secrets.names().contains(name)).toList();
        if (!gone.isEmpty()) {
            writer.append(new Entry.Noted("Secrets deleted since the spawn: " + String.join(", ", gone)));
        }
    }

    /** What lies in the home of an agent that keeps a computer is as secret as what it was lent. */
    private void hideKept() {
        secrets = secrets.hiding(workshop.kept().secrets(held.run().agent()));
        writer.hide(secrets.mask());
    }

    /** Once: after a crash they are the agent's, whatever it made of them. */
    private void deliver(Computer opened) throws ComputerFailure, LeaseLost {
        if (!held.hasFiles() || transcript.hasFilesPlaced()) {
            return;
        }
        Entry.FilesPlaced placed =
                Freight.patiently(live, () -> freight.deliver(held.run().id(), opened.workspace()));
        writer.append(placed);
        transcript.take(placed);
    }

    /** What the run leaves is kept before anybody can see that it is over; a run whose computer never came has none. */
    private List<Entry> collected() {
        Computer opened = computer instanceof ComputerOnDemand onDemand
                ? onDemand.opened().orElse(null)
                : computer;
        if (opened == null) {
            return List.of();
        }
        try {
            return Freight.patiently(
                            live,
                            () -> freight.collect(
                                    held.run().agent(), options().artifacts(), secrets.mask(), opened.workspace()))
                    .map(told -> List.<Entry>of(new Entry.Noted(told)))
                    .orElse(List.of());
        } catch (RuntimeException e) {
            log.error("the artifacts of run {} were not kept", held.run().id(), e);
            return List.of(new Entry.Noted("The artifacts could not be kept; the server's log says why."));
        }
    }

    private Entry.Ended loop(Computer opened)
            throws LeaseLost, InterruptedException, ModelCaller.GaveUp, ComputerFailure {
        Brief brief = held.brief();
        if (brief != null && brief.runtime() != null) {
            RuntimeLoop program = new RuntimeLoop(held, live, writer, transcript, workshop, lane, timer);
            try (Metering.Working _ =
                    workshop.metering().working(held.run().agent(), held.run().id(), 0)) {
                return program.work(opened, brief.runtime());
            }
        }
        Kit made = Kit.of(held, workshop, missing -> writer.appendSoon(new Entry.Noted(missing)));
        kit = made;
        reminders.taken(writer, transcript);
        consult();
        try (Belongings belongings = new Belongings()) {
            ToolContext context = new ToolContext(opened, egress, behalf(), secrets, belongings);
            return new RunLoop(live, writer, transcript, setup(made, new LiveTools(made.toolbox(), context))).work();
        }
    }

    private ToolContext.Behalf behalf() {
        return new ToolContext.Behalf(
                held.owner(), held.run().agent(), options().memory().namespace());
    }

    private RunLoop.Setup setup(Kit made, Tools tools) {
        return new RunLoop.Setup(
                workshop.metering()
                        .metered(
                                made.profile().model(),
                                held.run().agent(),
                                held.run().id()),
                made.prompts(),
                tools,
                new ModelCaller(workshop.clock(), timer, Thread::sleep, watch),
                watch,
                workshop.clock(),
                made.limit(),
                new StepClock(live, timer, made.limit().each()),
                made.check(),
                made.wordless());
    }

    /** What was found is written down, so that whoever takes the run over tells the model the same. */
    private void consult() throws InterruptedException {
        Optional<String> question = transcript.question();
        boolean looked = transcript.excerpts() != null || transcript.iterations() > 0;
        if (held.brief() == null || looked || question.isEmpty()) {
            return;
        }
        List<Excerpt> found = Freight.patiently(
                live, () -> workshop.references().about(held.run().agent(), question.get()));
        if (!found.isEmpty()) {
            Entry consulted = writer.masking().of(new Entry.Consulted(found));
            writer.appendSoon(consulted);
            transcript.take(consulted);
        }
    }

    /** The workspace goes only with a run that is over: another holder may be at work in it already. */
    private void leave(boolean ended) {
        Computer opened = computer;
        if (opened == null) {
            return;
        }
        // Interrupts that come late must not cut the clean-up short.
        boolean interrupted = Thread.interrupted();
        LiveRun.Cause cause = live.cause();
        try {
            if (cause != null || !ended) {
                opened.stop(cause == null ? Duration.ZERO : cause.grace());
            }
            boolean endedElsewhere = !ended
                    && (cause == null || !cause.leavesWorkspace())
                    && freight.isOver(live, held.run().id());
            if (endedElsewhere) {
                log.debug("kept after the end: {}", collected());
            }
            if (ended || endedElsewhere) {
                opened.close();
            }
        } catch (RuntimeException e) {
            log.error(
                    "the computer of run {} was not removed whole (interrupted: {})",
                    held.run().id(),
                    interrupted,
                    e);
        }
    }
}
