package dev.drover.core.artifact;

import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.access.Caller;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.ArtifactId;
import dev.drover.core.id.Ids;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done with files that agents left behind. */
public final class Artifacts {
    private final ArtifactStore store;
    private final ArtifactWriter writer;
    private final ArtifactLimits limits;
    private final Audit audit;

    public Artifacts(
            ArtifactStore store, Transactions transactions, ArtifactLimits limits, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.writer = new ArtifactWriter(store, transactions, ids, clock);
        this.limits = limits;
        this.audit = audit;
    }

    public ArtifactLimits limits() {
        return limits;
    }

    /** What the agent left, oldest first; refused as invalid {@code cursor} when that one is not the agent's. */
    public Page<Artifact> list(Caller caller, AgentId agent, int limit, @Nullable ArtifactId after) {
        see(caller, agent);
        if (after != null && store.find(agent, after).isEmpty()) {
            throw new Refused(new Problem.Invalid("cursor", "is not the next_cursor of an earlier page"));
        }
        List<Artifact> found = store.of(agent, after, limit + 1);
        List<Artifact> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    public Artifact get(Caller caller, AgentId agent, ArtifactId id) {
        see(caller, agent);
        return store.find(agent, id).orElseThrow(() -> missing(id));
    }

    public void delete(Caller caller, AgentId agent, ArtifactId id) {
        see(caller, agent);
        if (!store.delete(agent, id)) {
            throw missing(id);
        }
        audit.record(caller.actor(), "artifact.delete", id.toString(), "of agent " + agent);
    }

    /** The bytes of one that the caller may see, from one place up to another, read as they are wanted. */
    public InputStream content(Artifact artifact, long from, long to) {
        return new ArtifactStream(store, artifact, from, to);
    }

    /** One of any agent that the caller sees; refused as missing. */
    public Artifact owned(Caller caller, ArtifactId id) {
        return store.find(id)
                .filter(artifact -> store.sees(caller, artifact.agent()))
                .orElseThrow(() -> missing(id));
    }

    /** One of anybody: for what was checked before. */
    public Optional<Artifact> find(ArtifactId id) {
        return store.find(id);
    }

    /** All that is kept of an agent, for whoever adds to it. */
    public List<Artifact> kept(AgentId agent) {
        return store.of(agent, null, limits.files());
    }

    /** Keeps what the stream gives, all of it or nothing: false when that is more than the bytes allowed. */
    public boolean keep(AgentId agent, String path, InputStream bytes, long most) {
        return writer.write(agent, path, bytes, most);
    }

    /** Removes all that an agent left which is being deleted; in the caller's transaction. */
    public void forget(AgentId agent) {
        store.deleteOf(agent);
    }

    private void see(Caller caller, AgentId agent) {
        if (!store.sees(caller, agent)) {
            throw new Refused(new Problem.NotFound(Problem.Thing.AGENT, agent.toString()));
        }
    }

    private static Refused missing(ArtifactId id) {
        return new Refused(new Problem.NotFound(Problem.Thing.ARTIFACT, id.toString()));
    }
}
