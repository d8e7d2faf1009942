package dev.drover;

import dev.drover.core.SecretFile;
import dev.drover.core.StartFailure;
import dev.drover.core.computer.Computers;
import dev.drover.core.computer.Readiness;
import dev.drover.core.egress.EgressDoors;
import dev.drover.provider.computer.bubblewrap.BubblewrapComputers;
import dev.drover.provider.computer.docker.DockerComputers;
import dev.drover.provider.computer.kubernetes.KubernetesComputers;
import dev.drover.provider.computer.process.ProcessComputers;
import dev.drover.provider.egress.EgressProxy;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Which kind of computers a server uses, and that they really work here: there is no silent fallback.
 *
 * @param place where their workspaces lie
 */
record ComputerChoice(Computers computers, Readiness readiness, String installation, String place) {
    /** Enough to tell this server's control groups from any other's on the same host. */
    private static final int ID_LENGTH = 12;

    static ComputerChoice made(Settings settings, EgressDoors doors, Path data) {
        Path folder = data.resolve("computers");
        String installation = SecretFile.keep(
                data.resolve("installation.id"), () -> SecretFile.random().substring(0, ID_LENGTH));
        Computers computers = switch (settings.computers()) {
            case AUTO, BUBBLEWRAP -> new BubblewrapComputers(folder, doors, installation);
            case PROCESS -> new ProcessComputers(folder);
            case KUBERNETES ->
                new KubernetesComputers(
                        folder,
                        doors,
                        installation,
                        settings.kube().settings(settings.engine().image()));
            case DOCKER ->
                new DockerComputers(
                        folder, doors, installation, settings.engine().below(seen(settings, data)), Clock.systemUTC());
        };
        // A cluster's volumes are within reach of all servers that use it.
        String place = settings.computers() == Settings.Computers.KUBERNETES
                ? settings.kube().installation()
                : installation;
        return new ComputerChoice(computers, computers.probe(), installation, place);
    }

    /** One that really works here; a server without isolated computers does not start. */
    static ComputerChoice ready(Settings settings, Path data, Closing closing) {
        ComputerChoice made = made(settings, new EgressProxy(), data).refuseUnlessReady();
        closing.with(made.computers);
        return made;
    }

    /** The launcher may have made a way to the data folder that only this server and its children know. */
    private static Path seen(Settings settings, Path data) {
        Path known = data.equals(settings.reach()) ? settings.data() : data;
        return known.toAbsolutePath().normalize().resolve("computers");
    }

    private ComputerChoice refuseUnlessReady() {
        if (!readiness.ready()) {
            throw new StartFailure("no isolated computers can be had here: " + readiness.summary() + "; "
                    + String.join("; ", readiness.remedies())
                    + "; or DROVER_COMPUTERS=process to run agents with no isolation at all");
        }
        return this;
    }
}
