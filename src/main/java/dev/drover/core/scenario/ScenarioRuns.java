package dev.drover.core.scenario;

import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ShowingTool;
import dev.drover.core.tool.ToolRefusal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs scenarios for people and programs, without an agent. Nothing of it is kept: a server that stops drops them. */
public final class ScenarioRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScenarioRuns.class);
    private static final int MOST_AT_ONCE = 20;

    private final ScenarioRoom room;
    private final Maker maker;
    private final Bench bench;
    private final CallbackPost callbacks;
    private final Ids ids;
    private final Map<UserId, Integer> underWay = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("scenario-run").factory());

    public ScenarioRuns(ScenarioRoom room, Bench bench, CallbackPost callbacks, Ids ids) {
        this.room = room;
        this.maker = new Maker(room);
        this.bench = bench;
        this.callbacks = callbacks;
        this.ids = ids;
    }

    /** Runs it, or begins to; refused when it is not active or cannot take the data. */
    public Execution run(Caller caller, Scenario scenario, Order order) {
        Refused.when(!scenario.recipe().active(), "scenarioId", "is not active; set isActive to true first");
        Order.Callback callback = order.callback();
        if (callback != null) {
            refuseOutOfReach(callback.url());
        }
        Ending ending = prepared(scenario, order.data());
        UUID id = ids.next();
        room.audit().record(caller.actor(), "scenario.run", scenario.id().toString(), id.toString());
        enter(scenario.owner());
        Future<Execution> execution = threads.submit(() -> end(id, scenario.owner(), ending, callback));
        return order.waits() ? awaited(execution) : new Execution(id, null);
    }

    private void refuseOutOfReach(String url) {
        try {
            var _ = room.means().guard().check(url);
        } catch (EgressDenied denied) {
            throw Refused.invalid("callbackUrl", "cannot be used: " + denied.reason());
        }
    }

    /** A scenario whose server is away fails as one that was begun. */
    private Ending prepared(Scenario scenario, Json data) {
        try {
            ShowingTool tool = Patience.call(() -> maker.of(scenario, "scenario", false));
            Optional<String> violation =
                    room.means().schemas().violation(tool.spec().inputSchema(), data);
            violation.ifPresent(reason -> {
                throw Refused.invalid("data", "does not fit: " + reason);
            });
            return () -> bench.work(tool, data, scenario.owner());
        } catch (ToolRefusal away) {
            return () -> {
                throw away;
            };
        }
    }

    private Execution end(UUID id, UserId owner, Ending ending, Order.@Nullable Callback callback) {
        Execution.Outcome outcome;
        try {
            outcome = new Execution.Done(ending.reach());
        } catch (ToolRefusal refusal) {
            outcome = new Execution.Failed(refusal.reason());
        } catch (InterruptedException e) {
            outcome = new Execution.Failed("the server was stopped");
        } catch (RuntimeException e) {
            LOG.error("execution {} broke", id, e);
            outcome = new Execution.Failed("an internal error, which is in the server's log");
        } finally {
            underWay.merge(owner, -1, (before, less) -> before + less == 0 ? null : before + less);
        }
        Execution execution = new Execution(id, outcome);
        if (callback != null && !threads.isShutdown()) {
            threads.execute(
                    () -> callbacks.post(callback.url(), callback.words().apply(execution)));
        }
        return execution;
    }

    private static Execution awaited(Future<Execution> execution) {
        return Patience.call(() -> {
            try {
                return execution.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an execution broke", e);
            }
        });
    }

    private void enter(UserId owner) {
        int now = underWay.merge(owner, 1, Integer::sum);
        if (now > MOST_AT_ONCE) {
            underWay.merge(owner, -1, Integer::sum);
            throw new Refused(new Problem.ConcurrencyReached("scenarios", MOST_AT_ONCE, MOST_AT_ONCE));
        }
    }

    /** Interrupts what is under way. */
    @Override
    public void close() {
        var dropped = threads.shutdownNow();
        LOG.debug("{} executions had not begun", dropped.size());
    }

    private interface Ending {
        Json reach() throws ToolRefusal, InterruptedException;
    }
}
