package dev.drover.api.jettson;

import dev.drover.core.run.Run;

/** The computer of an agent: its region, and starting, running, stopping or destroyed. */
record JettsonContainer(String region, String status) {
    static JettsonContainer of(Run run) {
        return new JettsonContainer(run.region(), JettsonAgent.word(run.computer()));
    }
}
