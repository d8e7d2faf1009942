package dev.drover.core.heartbeat;

import dev.drover.core.Refused;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.id.AgentId;
import dev.drover.core.squad.Member;
import dev.drover.core.usage.Metering;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work on one run, from its claim to its end: whatever happens, it ends. */
final class HeartbeatShift {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatShift.class);
    private static final Duration DATABASE_AWAY = Duration.ofSeconds(1);

    private final HeartbeatRoom room;
    private final Endings endings;
    private final HeartbeatQueue.Claimed claimed;
    private final LiveHeartbeat live;
    private final Loans loans;

    HeartbeatShift(HeartbeatRoom room, Endings endings, HeartbeatQueue.Claimed claimed) {
        this.room = room;
        this.endings = endings;
        this.claimed = claimed;
        this.live = claimed.live();
        this.loans = new Loans(claimed.member().id());
    }

    /** @param keepTrying whether an end that cannot be stored for now is tried again */
    void work(BooleanSupplier keepTrying) {
        Endings.Result result = result();
        while (true) {
            try {
                endings.finish(claimed.run(), result);
                return;
            } catch (Refused databaseAway) {
                log.warn(
                        "the end of run {} could not be stored yet: {}",
                        claimed.run().id(),
                        databaseAway.problem());
                if (!keepTrying.getAsBoolean()) {
                    return;
                }
                Uninterrupted.pause(DATABASE_AWAY);
            }
        }
    }

    private Endings.Result result() {
        AdapterOutcome told = null;
        String failure = null;
        RunJournal journal = null;
        try {
            if (live.begin()) {
                journal = journal();
                told = worked(journal);
            }
        } catch (ComputerFailure e) {
            failure = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            failure = "the work was interrupted";
        } catch (Refused e) {
            failure = "the work could not be kept: " + e.problem();
        } catch (RuntimeException e) {
            log.error("the adapter of run {} failed", claimed.run().id(), e);
            failure = "the adapter failed unexpectedly; the server's log says more";
        } finally {
            live.leave();
            loans.end();
        }
        return new Endings.Result(outcome(told, failure), told, journal);
    }

    private RunJournal journal() {
        Member member = claimed.member();
        return room.journals()
                .open(
                        claimed.run().id(),
                        member,
                        claimed.token(),
                        room.computers().secrets(member.id()));
    }

    private AdapterOutcome worked(RunJournal journal) throws ComputerFailure, InterruptedException {
        String type = claimed.member().adapter();
        Adapter adapter = room.adapters().get(type);
        if (adapter == null) {
            throw new ComputerFailure(
                    "agents of the adapter type " + type + " cannot be worked by this server; it has: "
                            + room.adapters().keySet().stream().sorted().toList());
        }
        AdapterTask task = new AdapterTask(
                claimed.run().id(), claimed.member(), claimed.token(), loans, context(), claimed.session());
        long mostTokens = HeartbeatPolicy.of(claimed.member().runtimeConfig()).maxTokens();
        try (Metering.Working _ = room.spending().working(claimed.run(), mostTokens)) {
            return journal.hidden(
                    adapter.work(task, new Recorder(room, claimed.run(), live, journal)), room.documents());
        }
    }

    private Map<String, @Nullable Object> context() {
        HeartbeatRun.Big big = claimed.run().big();
        return big == null || big.context() == null
                ? Map.of()
                : room.documents().read(big.context());
    }

    private HeartbeatQueueStore.Outcome outcome(@Nullable AdapterOutcome told, @Nullable String failure) {
        LiveHeartbeat.Cause cause = live.cause();
        AdapterOutcome.Spent spent = told == null ? null : told.spent();
        if (cause == null && spent != null && !live.allows(spent.inputTokens() + spent.outputTokens())) {
            cause = LiveHeartbeat.Cause.TOKENS;
        }
        if (cause == null && (told == null || !told.succeeded()) && wish().isPresent()) {
            // It failed because it was to end, and the word of that is still on its way here.
            cause = LiveHeartbeat.Cause.CANCELLED;
        }
        HeartbeatStatus status = status(cause, told);
        return new HeartbeatQueueStore.Outcome(
                status,
                end(status, cause, told, failure),
                spent == null ? null : room.documents().write(usage(spent)),
                told == null || told.result() == null ? null : room.documents().write(told.result()),
                null);
    }

    private static HeartbeatStatus status(LiveHeartbeat.@Nullable Cause cause, @Nullable AdapterOutcome told) {
        if (cause != null) {
            return cause.code().equals("process_lost") ? HeartbeatStatus.FAILED : HeartbeatStatus.CANCELLED;
        }
        if (told == null) {
            return HeartbeatStatus.FAILED;
        }
        if (told.timedOut()) {
            return HeartbeatStatus.TIMED_OUT;
        }
        return told.succeeded() ? HeartbeatStatus.SUCCEEDED : HeartbeatStatus.FAILED;
    }

    private HeartbeatRun.End end(
            HeartbeatStatus status,
            LiveHeartbeat.@Nullable Cause cause,
            @Nullable AdapterOutcome told,
            @Nullable String failure) {
        Integer exitCode = told == null ? null : told.exitCode();
        String signal = told == null ? null : told.signal();
        if (status == HeartbeatStatus.SUCCEEDED) {
            return new HeartbeatRun.End(null, null, exitCode, signal);
        }
        if (cause != null) {
            HeartbeatRun.Wish wish = why(cause);
            return new HeartbeatRun.End(wish.reason(), wish.code(), exitCode, signal);
        }
        String error = told == null ? failure : told.errorMessage();
        String code = told == null ? null : told.errorCode();
        if (status == HeartbeatStatus.TIMED_OUT) {
            return new HeartbeatRun.End(error == null ? "Timed out" : error, "timeout", exitCode, signal);
        }
        String plain = signal == null ? "Process exited with code " + exitCode : "Process ended by " + signal;
        return new HeartbeatRun.End(
                error == null ? plain : error, code == null ? "adapter_failed" : code, exitCode, signal);
    }

    /** In the words of whoever cancelled it. */
    private HeartbeatRun.Wish why(LiveHeartbeat.Cause cause) {
        HeartbeatRun.Wish own = new HeartbeatRun.Wish(cause.code(), live.told(cause));
        return cause == LiveHeartbeat.Cause.CANCELLED ? wish().orElse(own) : own;
    }

    private Optional<HeartbeatRun.Wish> wish() {
        try {
            return room.stores().runs().find(claimed.run().id()).map(HeartbeatRun::wish);
        } catch (Refused databaseAway) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> usage(AdapterOutcome.Spent spent) {
        Map<String, @Nullable Object> usage = new LinkedHashMap<>();
        usage.put("provider", spent.provider());
        usage.put("biller", spent.biller());
        usage.put("model", spent.model());
        usage.put("billingType", spent.billingType());
        usage.put("inputTokens", spent.inputTokens());
        usage.put("cachedInputTokens", spent.cachedInputTokens());
        usage.put("outputTokens", spent.outputTokens());
        usage.put("costUsd", spent.dollars());
        usage.put("costCents", Math.round(Endings.micros(spent) / 1e4));
        return usage;
    }

    /** What was lent to the run goes back when it is over. */
    private final class Loans implements AdapterTask.Lending {
        private final AgentId agent;
        private final ConcurrentLinkedQueue<Computer> lent = new ConcurrentLinkedQueue<>();

        Loans(AgentId agent) {
            this.agent = agent;
        }

        @Override
        public Computer borrow() throws ComputerFailure, InterruptedException {
            Computer computer = room.computers()
                    .borrow(agent)
                    .orElseThrow(() -> new ComputerFailure("the agent keeps no computer; start it first"));
            lent.add(computer);
            return computer;
        }

        void end() {
            for (Computer computer : List.copyOf(lent)) {
                Uninterrupted.run(() -> computer.stop(Duration.ZERO));
            }
        }
    }
}
