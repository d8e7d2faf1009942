package dev.drover.core.computer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** All that is known on this side of a process that runs on another: when it was started. */
public record FarProcess(Instant startedAt) implements ProcessHandle.Info {
    @Override
    public Optional<String> command() {
        return Optional.empty();
    }

    @Override
    public Optional<String> commandLine() {
        return Optional.empty();
    }

    @Override
    public Optional<String[]> arguments() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> startInstant() {
        return Optional.of(startedAt);
    }

    @Override
    public Optional<Duration> totalCpuDuration() {
        return Optional.empty();
    }

    @Override
    public Optional<String> user() {
        return Optional.empty();
    }
}
