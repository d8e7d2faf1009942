package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.AgentId;
import java.util.ArrayList;
import java.util.List;

/**
 * Which agents an agent may call. A permission is in force only as long as the owner of the one that calls may use the
 * other.
 */
public final class Permissions {
    private final PermissionStore store;
    private final NamedAgents agents;
    private final Transactions transactions;
    private final Audit audit;

    public Permissions(PermissionStore store, NamedAgents agents, Transactions transactions, Audit audit) {
        this.store = store;
        this.agents = agents;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** The names of the agents that it may call now, sorted. */
    public List<String> of(Reached source) {
        return store.targets(source.id());
    }

    /** False when it may call that agent already. */
    public boolean grant(Reached source, String target) {
        AgentId callee = callee(source, target);
        return transactions.call(() -> {
            boolean isNew = store.insert(source.id(), callee);
            if (isNew) {
                record(source, "agent.permit", target);
            }
            return isNew;
        });
    }

    /** False when there was no such permission. */
    public boolean withdraw(Reached source, String target) {
        return transactions.call(() -> {
            boolean was = store.delete(source.id(), target);
            if (was) {
                record(source, "agent.forbid", target);
            }
            return was;
        });
    }

    /** In place of all that it may call. */
    public List<String> replace(Reached source, List<String> targets) {
        List<AgentId> callees = new ArrayList<>();
        targets.stream().distinct().forEach(target -> callees.add(callee(source, target)));
        transactions.run(() -> {
            store.clear(source.id());
            callees.forEach(callee -> store.insert(source.id(), callee));
            record(source, "agent.permit", String.join(" ", targets));
        });
        return of(source);
    }

    /** Whoever grants it must have access to the agent to be called, and so must the owner of the one that calls. */
    private AgentId callee(Reached source, String name) {
        Reached target = agents.reach(source.caller(), name).forUse();
        if (target.id().equals(source.id())) {
            throw new Refused(new Problem.Unacceptable("Agent " + name + " needs no permission to call itself"));
        }
        if (!agents.audience(target.id()).includes(source.behalf())) {
            throw new Refused(new Problem.Unacceptable(
                    "The owner of " + source.name() + " has no access to " + name + "; share it with them first"));
        }
        return target.id();
    }

    private void record(Reached source, String what, String target) {
        audit.record(source.caller().actor(), what, source.id().toString(), target);
    }
}
