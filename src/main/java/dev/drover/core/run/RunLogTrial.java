package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Origin;
import dev.drover.core.egress.Network;
import dev.drover.core.id.RunId;
import dev.drover.core.model.Delta;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries how fast events reach the disk. Runs of its own append what real runs append, through the same log, with no
 * model and no tool to wait for: from outside, those would hide what the log itself takes.
 */
public final class RunLogTrial {
    /** What a model says in 50 ms, the time for which pieces are gathered. */
    private static final String PIECE = "and then I look at ";

    private static final int PIECES = 4;
    private static final ToolCall CALL =
            new ToolCall("call_1", "shell_run", new Json("{\"command\":\"ls -la /workspace && cat notes.txt\"}"));
    private static final Reply REPLY = new Reply(
            PIECE.repeat(PIECES),
            "",
            List.of(CALL),
            new Usage(1_200, 80, 1_000, 0),
            Reply.Stop.TOOLS,
            "trial",
            Map.of());
    private static final Json OUTPUT =
            new Json("{\"exit_code\":0,\"stdout\":\"" + "-rw-r--r-- 1 agent agent 1024 notes.txt ".repeat(12) + "\"}");

    /** As many turns as a run can have, and nothing that works behind its end. */
    private static final RunOptions PATIENT = new RunOptions(
            null,
            RunOptions.MOST_ITERATIONS,
            null,
            new Network.Full(),
            null,
            new RunMemory(false, false, null),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            null);

    private final RunRoom room;
    private final RunLog log;
    private final Caller owner;

    public RunLogTrial(RunRoom room, RunLog log, Caller owner) {
        this.room = room;
        this.log = log;
        this.owner = owner;
    }

    /**
     * What was stored in a time, and how long each waiting append waited.
     *
     * @param waits milliseconds, one for each append that waited for the disk
     */
    public record Outcome(long events, Duration time, List<Double> waits) {
        public Outcome {
            waits = List.copyOf(waits);
        }
    }

    /**
     * Lets that many runs work turn after turn at once.
     *
     * @param pace events a second of all runs together; 0 for as fast as each run's appends are stored
     * @throws InterruptedException when told to give up; what was begun is left as it is
     */
    public Outcome append(int runs, Duration time, int pace) throws InterruptedException {
        List<LogWriter> writers = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            writers.add(begin());
        }
        Instant began = room.workshop().clock().instant();
        long end = System.nanoTime() + time.toNanos();
        long turnNanos = pace == 0 ? 0 : 1_000_000_000L * runs * eventsOfATurn() / pace;
        List<Double> waits = new ArrayList<>();
        long turns = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Double>>> works =
                    writers.stream().map(writer -> work(writer, end, turnNanos)).toList();
            for (Future<List<Double>> work : threads.invokeAll(works)) {
                waits.addAll(work.get());
                turns += work.get().size() / 2;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the log took no more events", e);
        }
        Duration took = Duration.between(began, room.workshop().clock().instant());
        for (LogWriter writer : writers) {
            finish(writer);
        }
        return new Outcome(turns * eventsOfATurn(), took, waits);
    }

    /** A call, its pieces, the reply with the intent to use a tool, and the tool's result. */
    private static int eventsOfATurn() {
        return 1 + PIECES + 2 + 1;
    }

    private LogWriter begin() {
        return begin("a trial", RunOptions.NONE);
    }

    private LogWriter begin(String task, RunOptions options) {
        SpawnAgent order = new SpawnAgent(Origin.JETTSON, task, null, "iad", ModelProfile.DEFAULT, null, options);
        RunId id = new RunId(room.ids().next());
        room.transactions().run(() -> {
            Agent agent = room.agents().create(owner.user().id(), null, order.origin(), order.profile(), null);
            room.stores().rows().insert(Birth.of(id, agent, order, owner.rateKey(), room.node(), Birth.PLANNING));
        });
        Lease lease = new Lease(id, 1);
        return new LogWriter(
                log,
                lease,
                room.stores().events().end(id),
                RunUsage.NONE,
                room.workshop().clock());
    }

    private static Callable<List<Double>> work(LogWriter writer, long end, long turnNanos) {
        return () -> {
            List<Double> waits = new ArrayList<>();
            // Runs do not march in step.
            long next = System.nanoTime() + ThreadLocalRandom.current().nextLong(turnNanos + 1);
            for (int turn = 1; System.nanoTime() < end; turn++) {
                LockSupport.parkNanos(next - System.nanoTime());
                next += turnNanos;
                writer.appendSoon(new Entry.ModelCalled(turn, 1));
                for (int piece = 0; piece < PIECES; piece++) {
                    writer.appendSoon(new Entry.ModelSpoke(turn, new Delta.Text(PIECE)));
                }
                waits.add(timed(writer, new Entry.ModelReplied(turn, REPLY), new Entry.ToolCalled(turn, CALL)));
                waits.add(timed(writer, returned(turn)));
            }
            return waits;
        };
    }

    private static Entry returned(int turn) {
        return new Entry.ToolReturned(turn, CALL.id(), CALL.tool(), OUTPUT, false, false, 3);
    }

    /** What a turn appends. */
    private static List<Entry> turn(int number) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.ModelCalled(number, 1));
        for (int piece = 0; piece < PIECES; piece++) {
            entries.add(new Entry.ModelSpoke(number, new Delta.Text(PIECE)));
        }
        entries.add(new Entry.ModelReplied(number, REPLY));
        entries.add(new Entry.ToolCalled(number, CALL));
        entries.add(returned(number));
        return entries;
    }

    /**
     * Leaves a run in the middle of its work, as a server does that is killed.
     *
     * @param task what its model is told
     * @param turns how many it has behind it; fewer than {@link RunOptions#MOST_ITERATIONS}
     * @return how many events its log has
     */
    public long leave(String task, int turns) throws InterruptedException {
        LogWriter writer = begin(task, PATIENT);
        try {
            writer.append(new RunChange.Started(), List.of(new Entry.Noted("of a trial")));
            for (int turn = 1; turn <= turns; turn++) {
                writer.append(turn(turn).toArray(Entry[]::new));
                if (Thread.interrupted()) {
                    throw new InterruptedException("told to give up");
                }
            }
        } catch (LeaseLost e) {
            throw new IllegalStateException("nobody else knows of this run", e);
        }
        return 2 + (long) turns * eventsOfATurn();
    }

    /** What fills the tables that this log is in. */
    public LogFilling filling() {
        return new LogFilling(room, owner, RunLogTrial::turn);
    }

    private static double timed(LogWriter writer, Entry... entries) throws LeaseLost {
        long before = System.nanoTime();
        writer.append(entries);
        return (System.nanoTime() - before) / 1e6;
    }

    private static void finish(LogWriter writer) {
        Entry.Ended end = new Entry.Completed("done");
        try {
            writer.append(RunChange.Ended.of(end), List.of(end));
        } catch (LeaseLost e) {
            throw new IllegalStateException("nobody else knows of this run", e);
        }
    }
}
