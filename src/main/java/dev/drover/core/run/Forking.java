package dev.drover.core.run;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Origin;
import dev.drover.core.id.RunId;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes agents that go on from a step of another's run: their logs begin with what was said and done until then, so
 * that they are whole by themselves.
 */
final class Forking {
    private final RunStores stores;
    private final Spawning spawning;

    Forking(RunRoom room, Spawning spawning) {
        this.stores = room.stores();
        this.spawning = spawning;
    }

    ForkedRun fork(Caller caller, ForkRun order) {
        RunView view = stores.views()
                .find(caller, order.agent())
                .orElseThrow(() -> new Refused(
                        new Problem.NotFound(Problem.Thing.AGENT, order.agent().toString())));
        RunId run = view.run().id();
        long last = stores.events().end(run).step();
        Refused.when(order.at() > last, "at", "is " + order.at() + ", but the log ends at " + last);
        if (stores.rows().isPruned(run)) {
            throw new Refused(new Problem.WrongState("the log of this run was pruned, so nothing can go on from its"
                    + " steps; spawn a new agent with its task"));
        }
        if (stores.seen().brief(run).isPresent()) {
            throw new Refused(new Problem.WrongState("this run belongs to a conversation or to an agent that keeps its"
                    + " computer; fork agents that were spawned with a task, and go on here with another message"));
        }
        ForkRun.Edit edit = order.edit();
        Entry.Forked mark = new Entry.Forked(order.agent(), run, order.at(), edit == null ? null : edit.word());
        List<Entry> first =
                new ArrayList<>(new Excerpting(order).of(stores.events().until(run, order.at())));
        first.add(mark);
        return new ForkedRun(spawning.spawn(caller, wish(view, order), first), mark);
    }

    private SpawnAgent wish(RunView view, ForkRun order) {
        String task = order.edit() instanceof ForkRun.Edit.Task edited
                ? edited.task()
                : view.run().task();
        return new SpawnAgent(
                Origin.JETTSON,
                task,
                null,
                view.run().region(),
                view.agent().profile(),
                order.idempotency(),
                stores.seen().options(view.run().id()).withoutWebhook());
    }
}
