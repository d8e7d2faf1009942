package dev.drover.core.computer;

import java.time.Duration;

/**
 * How busy a computer is.
 *
 * @param cpuPercent of one core: two busy ones are 200
 * @param stats at the end of the look
 */
public record Load(double cpuPercent, Computer.Stats stats) {
    /** Looks twice, so much apart. */
    public static Load of(Computer computer, Duration window) throws InterruptedException {
        double before = computer.stats().cpuSeconds();
        long start = System.nanoTime();
        Thread.sleep(window);
        Computer.Stats after = computer.stats();
        double seconds = (System.nanoTime() - start) / 1e9;
        double percent = Math.max(0, after.cpuSeconds() - before) / seconds * 100;
        return new Load(Math.round(percent * 10) / 10.0, after);
    }
}
