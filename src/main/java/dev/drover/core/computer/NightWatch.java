package dev.drover.core.computer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Looks after the disk of a kept computer while nobody waits for a command in it: what works on there could fill the
 * host. A computer that has used no CPU since the last look has written nothing, and is not looked at.
 */
final class NightWatch implements Runnable {
    private static final Duration PACE = Duration.ofSeconds(2);

    private final List<WorkspaceQuota> quotas;
    private final DoubleSupplier cpuSeconds;
    private final BooleanSupplier up;
    private final Consumer<String> end;

    /** @param end is told what is full and goes on growing, although commands that fill it are ended */
    NightWatch(List<WorkspaceQuota> quotas, DoubleSupplier cpuSeconds, BooleanSupplier up, Consumer<String> end) {
        this.quotas = quotas;
        this.cpuSeconds = cpuSeconds;
        this.up = up;
        this.end = end;
    }

    @Override
    public void run() {
        QuotaWatch watch = new QuotaWatch(quotas);
        double before = -1;
        boolean warned = false;
        while (pause() && up.getAsBoolean()) {
            double now = cpuSeconds.getAsDouble();
            if (now == before) {
                continue;
            }
            before = now;
            Optional<String> full = watch.exceeded();
            if (full.isPresent() && warned) {
                end.accept(full.get());
                return;
            }
            // A command that has ended may leave it too full; only what grows on from there is a flood.
            warned = full.isPresent();
            watch = new QuotaWatch(quotas);
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PACE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
