package dev.drover.core.run;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Agent;
import dev.drover.core.id.RunId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts tasks: agent, run, first event and lease are stored in one transaction, which also counts what is used. */
final class Spawning {
    private final RunRoom room;
    private final RunWorker worker;
    private final Turns turns = new Turns();
    private final SpawnChecks checks;

    Spawning(RunRoom room, RunWorker worker) {
        this.room = room;
        this.worker = worker;
        this.checks = new SpawnChecks(room);
    }

    /** @param first what the log of the run begins with */
    Spawned spawn(Caller caller, SpawnAgent order, List<Entry> first) {
        checks.check(caller, order.profile(), order.options());
        Accepted accepted = room.workshop().plan().limits(caller.rate())
                ? turns.take(caller.user().id(), order.idempotency(), () -> stored(caller, order, first))
                : stored(caller, order, first);
        if (!accepted.isRepeat()) {
            if (order.options().webhook() != null) {
                room.hooks().kept();
            }
            worker.begin(new Lease(accepted.view().run().id(), 1));
        }
        return new Spawned(accepted.view(), accepted.hookSecret());
    }

    private Accepted stored(Caller caller, SpawnAgent order, List<Entry> first) {
        return room.transactions().call(() -> accept(caller, order, first));
    }

    private Accepted accept(Caller caller, SpawnAgent order, List<Entry> first) {
        UserId owner = caller.user().id();
        SpawnAgent.IdempotencyKey key = order.idempotency();
        if (key != null) {
            Optional<RunView> made = madeBefore(caller, order, key);
            if (made.isPresent()) {
                return new Accepted(made.get(), hookSecret(made.get(), order), true);
            }
        }
        Instant now = room.workshop().clock().instant();
        room.admit(caller, now);
        Agent agent = room.agents().create(owner, order.name(), order.origin(), order.profile(), caller.agent());
        RunId id = new RunId(room.ids().next());
        room.stores().rows().insert(Birth.of(id, agent, order, caller.rateKey(), room.node(), first));
        room.stores().files().insert(id, order.options().files());
        if (key != null) {
            room.stores().once().keep(owner, key, agent.id(), now);
        }
        room.audit().record(caller.actor(), "agent.spawn", agent.id().toString(), "run " + id);
        room.notices().grown(Set.of(id));
        RunView born = born(agent, id, order);
        tell(born, order);
        return new Accepted(born, hookSecret(born, order), false);
    }

    private void tell(RunView born, SpawnAgent order) {
        RunWebhook webhook = order.options().webhook();
        if (webhook != null) {
            room.hooks().keep(born.run().id(), born.agent().owner(), webhook);
        }
        room.hooks().changed(Map.of(born.run().id(), RunStatus.SPAWNING), run -> born);
    }

    /** Shown to who has it from nowhere else: the same one when the answer is repeated. */
    private @Nullable String hookSecret(RunView view, SpawnAgent order) {
        RunWebhook webhook = order.options().webhook();
        return webhook == null || webhook.secret() != null
                ? null
                : room.hooks().secretOf(view.run().id()).orElse(null);
    }

    /** What an earlier request with the same key made, as it was answered then. */
    private Optional<RunView> madeBefore(Caller caller, SpawnAgent order, SpawnAgent.IdempotencyKey key) {
        UserId owner = caller.user().id();
        if (!room.stores().once().lock(owner, key.key())) {
            throw new Refused(new Problem.IdempotencyConflict(true));
        }
        Instant notBefore = room.workshop().clock().instant().minus(SpawnAgent.IdempotencyKey.KEPT);
        return room.stores().once().find(owner, key.key(), notBefore).map(made -> {
            if (!made.fingerprint().equals(key.fingerprint())) {
                throw new Refused(new Problem.IdempotencyConflict(false));
            }
            RunView now = room.stores()
                    .views()
                    .find(caller, made.agent())
                    .orElseThrow(() -> new Refused(new Problem.IdempotencyConflict(false)));
            Agent agent = now.agent();
            Agent asBorn = new Agent(
                    agent.id(),
                    agent.owner(),
                    order.displayName(),
                    agent.slug(),
                    agent.origin(),
                    agent.profile(),
                    agent.prompt(),
                    agent.parent(),
                    agent.createdAt(),
                    agent.hold());
            return born(asBorn, now.run().id(), order);
        });
    }

    /** The view as it is at birth; nothing is read again. */
    private static RunView born(Agent agent, RunId id, SpawnAgent order) {
        Run run = new Run(
                id,
                agent.id(),
                order.task(),
                RunStatus.SPAWNING,
                ComputerState.STARTING,
                order.region(),
                null,
                null,
                agent.createdAt(),
                agent.createdAt());
        return RunView.born(agent, run, order.options());
    }

    private record Accepted(RunView view, @Nullable String hookSecret, boolean isRepeat) {}
}
