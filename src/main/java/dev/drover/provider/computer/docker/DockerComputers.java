package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Container;
import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.ConfigFolder;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.Nameplate;
import dev.drover.core.computer.OpenComputers;
import dev.drover.core.computer.Readiness;
import dev.drover.core.computer.ResidentComputer;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.WorkspaceQuota;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Computers that a Docker-compatible engine on this host makes: each a container with a system of its own. */
public final class DockerComputers implements Computers {
    static final String KIND = "docker";

    private static final System.Logger LOG = System.getLogger(DockerComputers.class.getName());
    private static final Duration GOING = Duration.ofMillis(1500);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final EgressDoors doors;
    private final EngineSettings settings;
    private final Engine engine;
    private final ContainerYard yard;
    private final OpenComputers open;
    private final Map<AgentId, DockerContainer> containers = new ConcurrentHashMap<>();
    private final WarmContainers warm;

    /**
     * Over a folder of its own, which is made when it is missing. Nobody calls the engine before the first computer.
     *
     * @param installation tells this server's containers from another's on the same engine
     */
    public DockerComputers(Path folder, EgressDoors doors, String installation, EngineSettings settings, Clock clock) {
        Path absolute = folder.toAbsolutePath().normalize();
        this.doors = doors;
        this.settings = settings;
        this.engine = new Engine(settings.socket());
        this.yard = new ContainerYard(engine, absolute, settings.seen(), new Tags(installation, clock));
        this.open = new OpenComputers(absolute);
        this.warm = new WarmContainers(settings.warm(), new Ids(clock), this::warm, this::unmake);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean confines() {
        return true;
    }

    @Override
    public Readiness probe() {
        return OpenComputers.probe(this, List.of());
    }

    @Override
    public Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException {
        Optional<WarmContainers.Warm> ready = warm.take(spec.agent());
        Maker maker = ready.isPresent() ? known(ready.get()) : known(image(spec.nameplate()));
        Computer opened = opened(spec, ready, maker);
        DockerContainer container = containers.get(spec.agent());
        if (ready.isPresent() && container != null && spec.nameplate().name() != null) {
            // Nobody waits for its name: the engine takes its time to write it down.
            container.wish(spec.nameplate().name());
            Thread.ofVirtual().name("container-name").start(() -> name(container));
        }
        return opened;
    }

    /** When the engine went away meanwhile, that is the reason, whichever call happened to fail. */
    private Computer opened(ComputerSpec spec, Optional<WarmContainers.Warm> ready, Maker maker)
            throws ComputerFailure, InterruptedException {
        try {
            return open.open(spec.agent(), () -> make(spec, ready, maker));
        } catch (ComputerFailure e) {
            engine.ping();
            throw e;
        }
    }

    /**
     * What is known of who makes a container, and of its image.
     *
     * @param engine in a few words
     * @param system the variables that the image gives
     */
    record Maker(String engine, Map<String, String> system) {}

    /** As it was when the container was made; now it only has to be there. */
    private Maker known(WarmContainers.Warm ready) throws ComputerFailure {
        engine.ping();
        return ready.maker();
    }

    private Maker known(String image) throws ComputerFailure {
        Map<String, String> system = engine.environment(image);
        return new Maker(engine.description(), system);
    }

    private String image(Nameplate nameplate) {
        return nameplate.image() == null ? settings.image() : nameplate.image();
    }

    private ResidentComputer make(ComputerSpec spec, Optional<WarmContainers.Warm> prepared, Maker maker)
            throws IOException {
        Shape shape = new Shape(image(spec.nameplate()), spec.limits(), spec.layout());
        DockerContainer container = yard.container(spec.agent());
        containers.put(spec.agent(), container);
        Optional<DockerContainer> ready =
                prepared.isPresent() ? fitting(prepared.get(), spec, shape) : Optional.empty();
        if (ready.isPresent()) {
            container = ready.get();
            containers.put(spec.agent(), container);
        }
        AgentFolder agent = yard.prepare(spec.agent());
        ConfigFolder.write(agent, spec.config());
        Home home = Home.of(spec, agent, yard.owner());
        Home inside = new Home(agent, yard.owner(), shape.layout(), home.quota(), home.lent());
        DockerHousing housing = new DockerHousing(
                engine,
                container,
                made -> yard.make(made, shape, inside, spec.nameplate()),
                new ContainerPolicy(yard.user(), spec.limits(), maker.engine()),
                door(agent, spec));
        return new ResidentComputer(home, housing, environment(spec, maker.system()), () -> forget(spec.agent()));
    }

    private void forget(AgentId agent) {
        containers.remove(agent);
        open.forget(agent);
    }

    /** The container that stands ready for the agent, made to its measure; one that does not fit goes. */
    private static Optional<DockerContainer> fitting(WarmContainers.Warm ready, ComputerSpec spec, Shape shape)
            throws IOException {
        DockerContainer container = ready.container();
        if (!container.waits() || !ready.shape().becomes(shape)) {
            container.removeAll();
            return Optional.empty();
        }
        if (!ready.shape().limits().equals(spec.limits())) {
            container.limit(spec.limits());
        }
        return Optional.of(container);
    }

    private static void name(DockerContainer container) {
        try {
            container.rename();
        } catch (IOException e) {
            // Somebody else's container has that name: this one keeps its own, as one that is made anew would.
            LOG.log(System.Logger.Level.DEBUG, "container of agent {0}: {1}", container.agent(), e.getMessage());
        }
    }

    private WarmContainers.Warm warm(AgentId agent) throws IOException, ComputerFailure {
        Shape shape = new Shape(settings.image(), settings.usual(), Layout.KEPT);
        Maker maker = known(shape.image());
        open.reserve(agent);
        AgentFolder folder = yard.prepare(agent);
        WorkspaceQuota quota =
                new WorkspaceQuota(folder.workspace(), shape.limits().diskBytes());
        DockerContainer container = yard.container(agent);
        yard.make(container, shape, new Home(folder, yard.owner(), shape.layout(), quota, List.of()), Nameplate.NONE);
        container.rise();
        container.inspect();
        return new WarmContainers.Warm(container, shape, maker);
    }

    private EgressDoors.Door door(AgentFolder agent, ComputerSpec spec) throws IOException {
        Files.deleteIfExists(agent.doorSocket());
        EgressDoors.Door door = doors.open(agent.doorSocket(), spec.egress());
        try {
            Files.setPosixFilePermissions(agent.doorSocket(), PosixFilePermissions.fromString("rw-------"));
            yard.owner().own(agent.doorSocket());
            return door;
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    /** The image's own variables, over them what was asked for, over these what a computer depends on. */
    private static Map<String, String> environment(ComputerSpec spec, Map<String, String> system) {
        Map<String, String> environment = spec.variables(system, system.getOrDefault("PATH", PATH));
        environment.put("PWD", spec.layout().home()); // of two names for one folder, the one that was asked for
        return environment;
    }

    @Override
    public Optional<Workspace> workspaceOf(AgentId agent) {
        return open.workspaceOf(agent);
    }

    @Override
    public void discard(AgentId agent) throws ComputerFailure {
        open.discard(agent, folder -> yard.clear(agent));
    }

    /** Of an agent who never came. */
    private void unmake(AgentId agent) {
        try {
            yard.clear(agent);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "left to the next sweep: {0}", e.getMessage());
        } finally {
            open.forget(agent);
        }
    }

    @Override
    public void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last) {
        try {
            yard.prepare();
            warm.expire();
            sweepContainers();
            Set<AgentId> kept = new HashSet<>(keep);
            kept.addAll(warm.agents());
            for (AgentFolder abandoned : open.abandoned(kept)) {
                if (open.show(abandoned, last)) {
                    open.remove(abandoned);
                }
            }
            sweepVolumes();
            warm.refill();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "leftovers of computers stay until the next sweep: {0}", e.toString());
        }
    }

    /** A container that is not open serves nobody, whoever's it is: what is worth keeping is in the workspace. */
    private void sweepContainers() throws IOException {
        List<Container> ours = engine.containers(yard.tags().ours());
        Set<AgentId> ready = warm.agents();
        for (Container container : ours) {
            Optional<AgentId> agent = Tags.agent(container.getLabels());
            if (agent.isEmpty()
                    || !(ready.contains(agent.get())
                            || containers.containsKey(agent.get())
                            || open.isAnybodys(agent.get()))) {
                engine.remove(container.getId());
            }
        }
    }

    private void sweepVolumes() throws IOException {
        for (Map.Entry<String, Map<String, String>> volume :
                engine.volumes(yard.tags().ours()).entrySet()) {
            Optional<AgentId> agent = Tags.agent(volume.getValue());
            if (agent.isEmpty() || Files.notExists(yard.folder(agent.get()).root())) {
                engine.removeVolume(volume.getKey());
            }
        }
    }

    @Override
    public Optional<AgentId> prepared() {
        return warm.promise();
    }

    @Override
    public void rename(AgentId agent, String name) throws ComputerFailure {
        DockerContainer container = containers.get(agent);
        if (container != null) {
            try {
                container.wish(name);
                container.rename();
            } catch (IOException e) {
                throw new ComputerFailure("the container of agent " + agent + " keeps its name: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public boolean isGone(AgentId agent) {
        // What is removed by force ends first, and is gone a moment later.
        long deadline = System.nanoTime() + GOING.toNanos();
        try {
            while (containers.containsKey(agent)) {
                if (engine.containers(yard.tags().own(agent)).isEmpty()) {
                    return true;
                }
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Uninterrupted.pause(PACE);
            }
            return false;
        } catch (IOException e) {
            return false; // the engine is away, and the container may be there
        }
    }

    @Override
    public List<FoundComputer> found() throws ComputerFailure {
        try {
            return engine.containers(Map.of(Tags.PLATFORM, Tags.AGENT)).stream()
                    .filter(container -> !yard.tags().isOurs(container.getLabels()))
                    .map(Tags::found)
                    .toList();
        } catch (IOException e) {
            throw new ComputerFailure("containers of others cannot be listed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        warm.close();
        engine.close();
    }
}
