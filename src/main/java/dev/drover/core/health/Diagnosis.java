package dev.drover.core.health;

import java.time.Instant;
import java.util.List;

/** What a doctor found of the server that runs. */
public record Diagnosis(String version, Instant startedAt, Instant examinedAt, List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** Whether it can do all its work as it is. */
    public boolean ok() {
        return findings.stream().allMatch(Finding::ok);
    }
}
