package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.HomeMounts;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.Owner;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The container of one agent: made when it first rises, and then waiting for the word to begin. */
final class DockerContainer {
    private final Engine engine;
    private final Tags tags;
    private final AgentFolder folder;
    private final Owner owner;
    private final String opening = UUID.randomUUID().toString();
    private final ReentrantLock naming = new ReentrantLock();
    private volatile @Nullable String wished;
    private @Nullable String shown;
    private volatile @Nullable String id;
    private @Nullable HomeMounts mounts;
    private @Nullable Risen risen;
    private @Nullable InspectContainerResponse inspected;

    /** A life of it that has not begun its work. */
    private record Risen(ContainerProcess process, SocketChannel line) {}

    DockerContainer(Engine engine, Tags tags, AgentFolder folder, Owner owner) {
        this.engine = engine;
        this.tags = tags;
        this.folder = folder;
        this.owner = owner;
    }

    AgentId agent() {
        return folder.agent();
    }

    String id() {
        String made = id;
        if (made == null) {
            throw new IllegalStateException("the container of agent " + folder.agent() + " has not been made");
        }
        return made;
    }

    void make(Blueprint blueprint, HomeMounts wanted, Nameplate nameplate) throws IOException {
        String own = Tags.container(agent().toString());
        String name = nameplate.name() == null ? own : Tags.container(nameplate.name());
        String made = engine.create(blueprint.image(), name, blueprint::fill);
        if (made == null && !name.equals(own)) {
            made = engine.create(blueprint.image(), own, blueprint::fill); // somebody else's has that name
        }
        if (made == null) {
            throw new IOException("a container named " + own + " is there that this server has not made; remove it");
        }
        id = made;
        inspected = null;
        mounts = wanted;
    }

    /** What its home is made of. */
    HomeMounts mounts() {
        if (mounts == null) {
            throw new IllegalStateException("the container of agent " + folder.agent() + " has not been made");
        }
        return mounts;
    }

    boolean isMade() {
        return id != null;
    }

    /** Starts it; returns when it waits. */
    void rise() throws IOException {
        try (Threshold threshold = new Threshold(folder.sockets(), owner)) {
            engine.start(id());
            ContainerProcess process = ContainerProcess.of(engine, id());
            try {
                risen = new Risen(process, threshold.await(process));
            } catch (AsynchronousCloseException e) {
                String said = engine.complaints(id()).strip();
                throw new IOException("its first process did not call" + (said.isEmpty() ? "" : ": " + said), e);
            }
        }
    }

    boolean waits() {
        return risen != null && risen.process.isAlive();
    }

    /** Lets it begin; starts it again if it has begun before. */
    ContainerProcess begin() throws IOException {
        if (!waits()) {
            rise();
        }
        Risen now = risen;
        if (now == null) {
            throw new IOException("the container of agent " + agent() + " did not start");
        }
        risen = null;
        now.process.begins();
        Threshold.pass(now.line);
        return now.process;
    }

    /** What the engine says of it since it was made or got other limits. */
    InspectContainerResponse inspect() throws IOException {
        InspectContainerResponse known = inspected;
        if (known == null) {
            known = engine.inspect(id());
            inspected = known;
        }
        return known;
    }

    void limit(Limits limits) throws IOException {
        inspected = null;
        engine.limit(id(), limits);
    }

    /** Who calls it has its newest name shown, however many do at once. */
    void wish(String name) {
        wished = name;
    }

    /** Shows the name that was wished for the last time. */
    void rename() throws IOException {
        naming.lock();
        try {
            String name = wished;
            if (id != null && name != null && !name.equals(shown)) {
                engine.rename(id, Tags.container(name));
                shown = name;
            }
        } finally {
            naming.unlock();
        }
    }

    /** Labels that no other computer of the agent has. */
    Map<String, String> own() {
        return Map.of(Tags.OPENING, opening);
    }

    /** Removes this one, and one that was being made when somebody gave up; not what another server has made since. */
    void removeOwn() throws IOException {
        remove(own());
    }

    /** Removes this one and whatever else bears the agent's labels. */
    void removeAll() throws IOException {
        remove(tags.own(agent()));
    }

    private void remove(Map<String, String> labels) throws IOException {
        if (risen != null) {
            risen.process.abandon();
            risen.line.close();
            risen = null;
        }
        for (Container left : engine.containers(labels)) {
            engine.remove(left.getId());
        }
        id = null;
    }
}
