package dev.drover.core.computer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What runs on another side, for those who know only processes: nothing flows, and little is known of it here. */
public abstract class FarProcess extends Process {
    /** When it began to be of use. */
    protected abstract Instant startedAt();

    /** What it said that went wrong. */
    protected abstract String complaints() throws IOException;

    @Override
    public final InputStream getErrorStream() {
        try {
            return new ByteArrayInputStream(complaints().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return InputStream.nullInputStream();
        }
    }

    @Override
    public final InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public final OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public final ProcessHandle.Info info() {
        return new Known(startedAt());
    }

    private record Known(Instant startedAt) implements ProcessHandle.Info {
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
}
