package dev.drover.core.health;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Examines the server that runs: everything at once, and nobody waits long for what hangs. */
public final class Doctor {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Check> checks;
    private final String version;
    private final Clock clock;
    private final Instant startedAt;

    /** @param version of the server, which starts now */
    public Doctor(List<Check> checks, String version, Clock clock) {
        this.checks = List.copyOf(checks);
        this.version = version;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** For operators and administrators: what is found names folders and addresses of the server. */
    public Diagnosis examine(Caller caller) {
        if (caller.agent() != null || caller.user().role() == Role.USER) {
            throw new Refused(new Problem.Forbidden("Operator access required"));
        }
        Map<Check, FutureTask<Finding>> looks = new LinkedHashMap<>();
        for (Check check : checks) {
            FutureTask<Finding> look = new FutureTask<>(check.look()::find);
            looks.put(check, look);
            Thread.ofVirtual().name("doctor-" + check.name()).start(look);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Finding> findings = looks.entrySet().stream()
                .map(look -> found(look.getKey(), look.getValue(), end - System.nanoTime()))
                .toList();
        return new Diagnosis(version, startedAt, clock.instant(), findings);
    }

    private static Finding found(Check check, FutureTask<Finding> look, long nanos) {
        try {
            return look.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Finding(
                    check.name(),
                    false,
                    "no answer within " + PATIENCE.toSeconds() + " s",
                    "look again; if it stays so, read the server's log");
        } catch (ExecutionException e) {
            return new Finding(
                    check.name(),
                    false,
                    "cannot be examined: " + e.getCause(),
                    "read the server's log, and look again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("the server is stopping", null));
        } finally {
            look.cancel(true);
        }
    }
}
