package dev.drover.api.trinity;

/** What came of a command (contract, section 5.21). */
record TrinityOutcome(
        String stdout, String stderr, int exitCode, boolean timedOut, boolean truncated, long durationMs) {}
