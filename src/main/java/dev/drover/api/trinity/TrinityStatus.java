package dev.drover.api.trinity;

import dev.drover.core.agent.Agent;
import dev.drover.core.machine.Machine;
import dev.drover.core.machine.MachineState;
import dev.drover.core.machine.NewMachine;
import dev.drover.core.machine.Resources;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every picture of an agent begins with (contract, section 4.1). */
record TrinityStatus(
        String name,
        String type,
        String status,
        int port,
        Instant created,
        TrinityStatus.Size resources,
        @Nullable String containerId,
        @Nullable String template,
        String runtime,
        @Nullable String baseImageVersion,
        String id) {
    /** How much of the host it may use. */
    record Size(String cpu, String memory) {
        static Size of(Resources resources) {
            return new Size(resources.cpu(), resources.memory());
        }
    }

    static TrinityStatus of(Agent agent, Optional<Machine> kept) {
        return kept.map(machine -> new TrinityStatus(
                        agent.slug(),
                        machine.kind(),
                        machine.state().word(),
                        machine.port(),
                        agent.createdAt(),
                        Size.of(machine.resources()),
                        machine.container(),
                        machine.source().template(),
                        machine.runtime(),
                        version(machine.baseImage()),
                        agent.id().toString()))
                .orElseGet(() -> new TrinityStatus(
                        agent.slug(),
                        NewMachine.USUAL_KIND,
                        MachineState.STOPPED.word(),
                        0,
                        agent.createdAt(),
                        Size.of(Resources.USUAL),
                        null,
                        null,
                        NewMachine.USUAL_RUNTIME,
                        null,
                        agent.id().toString()));
    }

    /** Where the avatar is, told anew with each change of it (contract, section 4.3). */
    static @Nullable String avatar(String name, @Nullable Instant changed) {
        return changed == null ? null : "/api/agents/" + name + "/avatar?v=" + changed.toEpochMilli();
    }

    /** The tag of the image; null when it is only the latest. */
    private static @Nullable String version(String image) {
        String tag = image.substring(image.lastIndexOf(':') + 1);
        return tag.equals(image) || tag.equals("latest") ? null : tag;
    }
}
