package dev.drover.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything that will happen in a round, which follows from its seed alone.
 *
 * @param nodes 1 with the database that it brings, or 3 over one of their own
 * @param shared whether the nodes have one data folder
 * @param atOnce how many runs there may be at once
 */
record FaultPlan(
        long seed,
        int nodes,
        boolean shared,
        String computers,
        int atOnce,
        List<Errand> errands,
        List<Moment> moments) {
    private static final int PERCENT_OF_KILLS = 75;
    private static final int LONGEST_AFTER_REPORT = 400;
    private static final Duration LONG_FREEZE = Duration.ofSeconds(4);
    private static final Duration AFTER_FREEZE = Duration.ofSeconds(3);
    private static final int[] SHORT_AND_LONG_STALLS = {800, 6_000};

    /** A fault, and how long nothing happens before it. */
    record Moment(Duration after, Fault fault) {}

    /** How large a round is. */
    record Size(int moments, int errands) {}

    static FaultPlan of(long seed, Size size) {
        SplittableRandom random = new SplittableRandom(seed);
        int nodes = random.nextInt(4) == 0 ? 1 : 3;
        boolean shared = nodes > 1 && random.nextBoolean();
        // On a folder that others have too, computers are confined in what others could end with their own.
        String computers = random.nextInt(shared ? 2 : 5) == 0 ? "bubblewrap" : "process";
        boolean clocks = random.nextInt(4) == 0;
        return of(seed, size, new Shape(nodes, shared, computers, clocks), random);
    }

    /** What stands there, and whether its clocks jump. */
    record Shape(int nodes, boolean shared, String computers, boolean clocks) {}

    static FaultPlan of(long seed, Size size, Shape shape, SplittableRandom random) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < size.moments(); i++) {
            Fault fault = random.nextInt(100) < PERCENT_OF_KILLS ? kill(random, shape) : other(random, shape);
            Duration after = Duration.ofMillis(random.nextInt(50, shape.nodes() == 1 ? 3_500 : 1_500));
            moments.add(new Moment(
                    moments.isEmpty() ? after : rest(moments.getLast().fault()).plus(after), fault));
        }
        List<Errand> errands = IntStream.range(0, size.errands())
                .mapToObj(i -> Errand.of("s%d-%d".formatted(seed, i), random))
                .toList();
        return new FaultPlan(
                seed, shape.nodes(), shape.shared(), shape.computers(), random.nextInt(4, 12), errands, moments);
    }

    /** A server that was frozen for long is to wake up while others have its runs: nothing else happens until then. */
    private static Duration rest(Fault fault) {
        return fault instanceof Fault.Freeze freeze && freeze.time().compareTo(LONG_FREEZE) > 0
                ? freeze.time().plus(AFTER_FREEZE)
                : Duration.ZERO;
    }

    private static Fault kill(SplittableRandom random, Shape shape) {
        int node = random.nextInt(shape.nodes());
        return random.nextInt(5) < 3
                ? new Fault.KillAtCall(node, Duration.ofMillis(random.nextInt(LONGEST_AFTER_REPORT)))
                : new Fault.Kill(node, random.nextInt(4) > 0);
    }

    private static Fault other(SplittableRandom random, Shape shape) {
        int node = random.nextInt(shape.nodes());
        return switch (random.nextInt(shape.clocks() ? 20 : 11)) {
            case 0, 10 -> new Fault.KillAll();
            case 1, 2 -> new Fault.Freeze(node, Duration.ofMillis(random.nextInt(1_000, 10_000)), random.nextBoolean());
            case 3 -> new Fault.Stop(node);
            case 4 -> new Fault.Cut(node);
            case 5 ->
                new Fault.Stall(
                        node, Duration.ofMillis(random.nextInt(SHORT_AND_LONG_STALLS[0], SHORT_AND_LONG_STALLS[1])));
            case 6 -> new Fault.KillDatabase(List.of("INT", "QUIT", "KILL").get(random.nextInt(3)));
            case 7 -> new Fault.FillDisk(Duration.ofMillis(random.nextInt(500, 4_000)));
            case 8 -> new Fault.UpsetModel(Fault.Mood.SLOW, Duration.ofMillis(random.nextInt(2_000, 8_000)));
            case 9 -> new Fault.UpsetModel(Fault.Mood.BROKEN, Duration.ofMillis(random.nextInt(1_000, 6_000)));
            default -> new Fault.JumpClock(node, Duration.ofSeconds(random.nextInt(-86_400, 86_400)));
        };
    }

    FaultPlan with(String otherComputers) {
        return new FaultPlan(seed, nodes, shared, otherComputers, atOnce, errands, moments);
    }

    boolean has(Predicate<Fault> kind) {
        return moments.stream().map(Moment::fault).anyMatch(kind);
    }

    Duration length() {
        return moments.stream().map(Moment::after).reduce(Duration.ZERO, Duration::plus);
    }

    /** What stands there, in words. */
    String stands() {
        return nodes == 1 ? "1 node" : nodes + (shared ? " nodes over one folder" : " nodes");
    }

    @Override
    public String toString() {
        String faults = moments.stream()
                .map(moment -> "  after %d ms: %s".formatted(moment.after().toMillis(), moment.fault()))
                .collect(Collectors.joining("\n"));
        return "seed %d: %s, computers %s, %d runs, at most %d at once\n%s"
                .formatted(seed, stands(), computers, errands.size(), atOnce, faults);
    }
}
