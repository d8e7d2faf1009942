package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dev.drover.core.computer.Chamber;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A container of one script's own, which ends with it.
 *
 * @param user under whom it runs
 * @param seen how the engine finds a path of the host
 */
record ContainerChamber(Engine engine, String image, int user, Tags tags, UnaryOperator<Path> seen) implements Chamber {
    private static final Limits LIMITS = new Limits(512L << 20, 1, 64, 1L << 40);

    @Override
    public void run(Home home, String script, List<String> arguments, Map<String, String> environment)
            throws IOException {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode("none")
                .withInit(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withMounts(List.of(
                        Furnishing.bind(seen.apply(home.folder().workspace()), "/home", false),
                        Furnishing.bind(seen.apply(home.folder().state()), "/state", false)))
                .withMemory(LIMITS.memoryBytes())
                .withMemorySwap(LIMITS.memoryBytes())
                .withPidsLimit((long) LIMITS.processes())
                .withUlimits(HostLimits.ofThisHost().ulimits(LIMITS));
        String name = Tags.container(home.folder().agent().toString());
        String container = engine.create(
                image,
                name,
                create -> create.withEntrypoint(
                                Stream.concat(Stream.of("/bin/sh", "-c", script, "state"), arguments.stream())
                                        .toList())
                        .withUser(user + ":" + user)
                        .withWorkingDir("/")
                        .withEnv(environment.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .toList())
                        .withLabels(tags.own(home.folder().agent()))
                        .withHostConfig(host));
        if (container == null) {
            throw new IOException("a container named " + name + " is there that this server has not made; remove it");
        }
        try {
            engine.start(container);
            if (engine.awaitEnd(container) != 0) {
                throw new IOException("the home could not be made read-only or writable: "
                        + engine.complaints(container).strip());
            }
        } finally {
            engine.remove(container);
        }
    }
}
