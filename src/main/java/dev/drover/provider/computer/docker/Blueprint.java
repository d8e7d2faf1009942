package dev.drover.provider.computer.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import dev.drover.core.computer.ComputerSpec.Limits;
import dev.drover.core.computer.Layout;
import dev.drover.core.computer.ShellProgram;
import java.util.List;
import java.util.Map;

/**
 * One container to be. Nothing of the agent's own variables is in it, since everybody who may use the engine could read
 * them there: commands get theirs from the server.
 *
 * @param user number of who works inside, and of its group
 */
record Blueprint(
        String image,
        int user,
        Limits limits,
        Layout layout,
        List<Mount> mounts,
        Map<String, String> labels,
        HostLimits host) {
    /** Where the folder with the sockets is inside. */
    static final String SOCKETS = "/run/drover";

    private static final String TEMPORARY = "rw,noexec,nosuid,nodev,size=100m,mode=1777";
    private static final Map<String, String> SHORT_LOG = Map.of("max-size", "1m", "max-file", "1");

    static long nanos(Limits limits) {
        return Math.round(limits.cpus() * 1e9);
    }

    void fill(CreateContainerCmd create) {
        create.withEntrypoint(command())
                .withUser(user + ":" + user)
                .withHostName("agent")
                .withWorkingDir(layout.home())
                .withEnv("HOME=" + layout.home(), "USER=" + layout.user())
                .withLabels(labels)
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withHostConfig(hostConfig());
    }

    private List<String> command() {
        return Threshold.before(
                SOCKETS,
                ShellProgram.command(
                        SOCKETS + "/" + ShellProgram.NAME, SOCKETS + "/shell", layout.home(), SOCKETS + "/door"));
    }

    private HostConfig hostConfig() {
        return HostConfig.newHostConfig()
                .withNetworkMode("none")
                .withIpcMode("private")
                .withInit(true)
                .withPrivileged(false)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", TEMPORARY))
                .withMounts(mounts)
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs(nanos(limits))
                .withPidsLimit((long) limits.processes())
                .withUlimits(host.ulimits(limits))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, SHORT_LOG));
    }
}
