package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.ComputerSpec;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.computer.FoundComputer;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.OpenComputers;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.Readiness;
import dev.drover.core.computer.ResidentComputer;
import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.WorkspaceQuota;
import dev.drover.core.computer.WriteRule;
import dev.drover.core.egress.EgressDoors;
import dev.drover.core.id.AgentId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Computers that a Kubernetes cluster makes: each a pod, on a volume claim that outlives the pod and its node. */
public final class KubernetesComputers implements Computers {
    static final String KIND = "kubernetes";

    private static final System.Logger LOG = System.getLogger(KubernetesComputers.class.getName());
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TIMEOUT_MILLIS = 15_000;

    /** Of a pod that only looks at files; the size of its claim is not asked for again. */
    private static final Limits OF_VISITS = new Limits(64L << 20, 0.5, 32, 1L << 30);

    private final Path folder;
    private final EgressDoors doors;
    private final KubeSettings settings;
    private final PodYard yard;
    private final OpenComputers open;
    private final Visits visits;
    private final Set<AgentId> up = ConcurrentHashMap.newKeySet();

    /**
     * Nobody calls the cluster before the first computer.
     *
     * @param folder of the sockets of computers, made when it is missing
     * @param server tells what this server made from what others of the same installation did
     */
    public KubernetesComputers(Path folder, EgressDoors doors, String server, KubeSettings settings) {
        this(folder, doors, server, settings, KubernetesComputers::connect);
    }

    KubernetesComputers(
            Path folder,
            EgressDoors doors,
            String server,
            KubeSettings settings,
            Supplier<KubernetesClient> connecting) {
        this.folder = folder.toAbsolutePath().normalize();
        this.doors = doors;
        this.settings = settings;
        KubeTags tags = new KubeTags(settings.installation(), server);
        this.yard = new PodYard(new Cluster(connecting, settings.namespace()), tags, PATIENCE);
        this.open = new OpenComputers(this.folder);
        this.visits = new Visits(yard, agent -> new PodPlan(settings, tags, agent, OF_VISITS, null, null));
    }

    private static KubernetesClient connect() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withConnectionTimeout(TIMEOUT_MILLIS)
                        .withRequestTimeout(TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(3)
                        .build())
                .build();
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A volume is one pod's, so there are neither folders in common nor parts of a home that can only be read. */
    @Override
    public boolean confines() {
        return false;
    }

    @Override
    public Readiness probe() {
        return OpenComputers.probe(this, List.of());
    }

    @Override
    public Computer open(ComputerSpec spec) throws ComputerFailure, InterruptedException {
        if (spec.layout().readOnly() || !spec.layout().folders().isEmpty()) {
            throw new ComputerFailure("computers of kind '" + KIND + "' have neither files that can only be read nor"
                    + " folders in common, since each has a volume of its own; use bubblewrap or docker");
        }
        try {
            return open.open(spec.agent(), () -> make(spec));
        } catch (ComputerFailure e) {
            yard.ping(); // when the cluster is away, that is the reason, whichever call happened to fail
            throw e;
        }
    }

    private ResidentComputer make(ComputerSpec spec) throws IOException {
        AgentId id = spec.agent();
        visits.end(id);
        AgentFolder agent = AgentFolder.of(folder, id);
        Files.createDirectories(agent.sockets());
        PodPlan plan = new PodPlan(
                settings,
                yard.tags(),
                id,
                spec.limits(),
                spec.nameplate().image(),
                spec.nameplate().name());
        Files.deleteIfExists(agent.doorSocket());
        PodHousing housing = new PodHousing(yard, plan, agent.sockets(), doors.open(agent.doorSocket(), spec.egress()));
        PodFiles files = new PodFiles(housing::line);
        WorkspaceQuota quota = new WorkspaceQuota(
                "the workspace", () -> PodWorkspace.used(files), spec.limits().diskBytes());
        up.add(id);
        return new ResidentComputer(
                new Home(agent, new Owner.Shared(), spec.layout(), quota, List.of()),
                housing,
                environment(spec),
                () -> forget(id),
                new PodWorkspace(files, quota, WriteRule.ALL));
    }

    private void forget(AgentId agent) {
        up.remove(agent);
        open.forget(agent);
    }

    private static Map<String, String> environment(ComputerSpec spec) {
        Map<String, String> environment = spec.variables(Map.of(), PATH);
        environment.put("PWD", spec.layout().home()); // of two names for one folder, the one that was asked for
        return environment;
    }

    @Override
    public Optional<Workspace> workspaceOf(AgentId agent) {
        try {
            return yard.hasClaim(agent) ? Optional.of(visited(agent)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Workspace visited(AgentId agent) {
        // How much may be in it is known only of one that is open.
        WorkspaceQuota quota = new WorkspaceQuota("the workspace", () -> 0, Long.MAX_VALUE);
        return new PodWorkspace(visits.files(agent), quota, WriteRule.ALL);
    }

    @Override
    public void discard(AgentId agent) throws ComputerFailure {
        open.discard(agent, left -> clear(agent));
    }

    private void clear(AgentId agent) throws IOException {
        visits.end(agent);
        yard.removePods(agent);
        yard.removeClaim(agent);
        FolderRemoval.remove(AgentFolder.of(folder, agent).root());
    }

    @Override
    public void sweep(Set<AgentId> keep, BiConsumer<AgentId, Workspace> last) {
        try {
            Files.createDirectories(folder);
            for (AgentId agent : yard.agents()) {
                if (!keep.contains(agent) && !up.contains(agent)) {
                    sweep(agent, last);
                }
            }
            for (Pod pod : yard.ended()) {
                if (KubeTags.agent(pod.getMetadata()).filter(up::contains).isEmpty()) {
                    yard.remove(pod);
                }
            }
            open.abandoned(keep).forEach(open::remove);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "leftovers of computers stay until the next sweep: {0}", e.toString());
        }
    }

    private void sweep(AgentId agent, BiConsumer<AgentId, Workspace> last) {
        try {
            if (yard.hasClaim(agent)) {
                last.accept(agent, visited(agent));
            }
            discard(agent);
        } catch (IOException | RuntimeException | ComputerFailure e) {
            LOG.log(System.Logger.Level.WARNING, "left over: computer of agent {0}: {1}", agent, e.toString());
        }
    }

    @Override
    public boolean isGone(AgentId agent) {
        try {
            return up.contains(agent) && !yard.hasPod(agent);
        } catch (IOException e) {
            return false; // the cluster is away, and the pod may be there
        }
    }

    @Override
    public List<FoundComputer> found() throws ComputerFailure {
        try {
            return yard.strangers().stream().map(KubeTags::found).toList();
        } catch (IOException e) {
            throw new ComputerFailure("pods of others cannot be listed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        visits.close();
        yard.close();
    }
}
