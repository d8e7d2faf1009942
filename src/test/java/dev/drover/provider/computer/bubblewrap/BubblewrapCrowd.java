package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.TestingSpecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measures many kept computers at once: {@code BubblewrapCrowd 200}. Not a test: figures depend on the machine. */
final class BubblewrapCrowd {
    private static final Duration ENOUGH = Duration.ofSeconds(60);
    private static final int IDLE_SECONDS = 10;

    private BubblewrapCrowd() {}

    public static void main(String[] arguments) throws Exception {
        int size = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("crowd");
        List<Double> opened = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        try (TestingBubblewrap bubblewrap = TestingBubblewrap.in(folder)) {
            List<Computer> crowd = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                long start = System.nanoTime();
                Computer computer = bubblewrap.computers().open(TestingSpecs.kept());
                opened.add((System.nanoTime() - start) / 1e6);
                computer.run(":", ENOUGH);
                answered.add((System.nanoTime() - start) / 1e6);
                crowd.add(computer);
            }
            say("open", opened);
            say("open and first command", answered);
            long memory = 0;
            double cpu = 0;
            for (Computer computer : crowd) {
                memory += computer.stats().memoryBytes();
                cpu -= computer.stats().cpuSeconds();
            }
            System.out.printf("memory of an idle one: %.2f MiB%n", memory / 1048576.0 / size);
            double own = ownCpuSeconds();
            Thread.sleep(Duration.ofSeconds(IDLE_SECONDS));
            System.out.printf(
                    "CPU of this JVM, idle: %.2f %% of a core%n", (ownCpuSeconds() - own) * 100 / IDLE_SECONDS);
            for (Computer computer : crowd) {
                cpu += computer.stats().cpuSeconds();
            }
            System.out.printf("CPU of all computers, idle: %.2f %% of a core%n", cpu * 100 / IDLE_SECONDS);
            long start = System.nanoTime();
            crowd.parallelStream().forEach(Computer::close);
            System.out.printf("closed all in %.0f ms%n", (System.nanoTime() - start) / 1e6);
        }
        System.exit(0);
    }

    private static double ownCpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
    }

    private static void say(String what, List<Double> millis) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        System.out.printf(
                "%s: p50 %.1f ms, p95 %.1f ms, most %.1f ms%n",
                what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 95 / 100), sorted.getLast());
    }
}
