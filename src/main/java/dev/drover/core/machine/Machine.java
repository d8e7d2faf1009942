package dev.drover.core.machine;

import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The computer that an agent keeps.
 *
 * @param host the installation on whose disk its workspace is
 * @param kind what Trinity calls the type of an agent
 * @param runtime which program works in it
 * @param resources as asked for at its birth
 * @param port where it is reached by SSH; no other machine has it
 * @param wanted whether it is on whenever its server is
 * @param container its name at the provider
 */
public record Machine(
        AgentId agent,
        String host,
        String kind,
        String runtime,
        @Nullable String runtimeModel,
        Resources resources,
        Source source,
        Json config,
        int port,
        MachineState state,
        boolean wanted,
        String container,
        String baseImage,
        Instant createdAt,
        MachineSettings settings) {
    /**
     * What its workspace began as.
     *
     * @param tracksBranch whether it follows the branch and never pushes
     */
    public record Source(
            @Nullable String template,
            @Nullable String repository,
            @Nullable String branch,
            boolean tracksBranch) {}

    /** Whether it should be on and nothing is there: its next start makes its computer anew. */
    public boolean isMissing() {
        return wanted && state == MachineState.STOPPED;
    }

    /** What it may use from the next start on. */
    public Resources limits() {
        String cpu = settings.cpuLimit();
        String memory = settings.memoryLimit();
        return new Resources(cpu == null ? resources.cpu() : cpu, memory == null ? resources.memory() : memory);
    }
}
