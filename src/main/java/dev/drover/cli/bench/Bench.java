package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Measures the chosen figures one after another. */
public final class Bench {
    private static final List<Figure> FIGURES = List.of(
            new StartFigure(),
            new SpawnFigure(),
            new ShellFigure(),
            new OverheadFigure(),
            new AppendFigure(),
            new ReadsFigure(),
            new MemoryFigure(),
            new TalkFigure(),
            new CrowdFigure(),
            new TalksFigure(),
            new FollowersFigure(),
            new FanOutFigure(),
            new FleetFigure(),
            new SquadFigure(),
            new RecoveryFigure(),
            new SizeFigure());

    private Bench() {}

    /**
     * What to measure and how.
     *
     * @param launcher of the product that was built; its servers are what is measured
     * @param only names of figures; all when empty
     * @param quick fewer repeats
     */
    public record Order(Path launcher, List<String> only, boolean quick) {
        public Order {
            only = List.copyOf(only);
        }

        private boolean wants(Figure figure) {
            return only.isEmpty() ? !(quick && figure.isForThePatient()) : only.contains(figure.name());
        }
    }

    /** By which figures can be chosen. */
    public static List<String> names() {
        return FIGURES.stream().map(Figure::name).toList();
    }

    /**
     * Measures. A figure that fails is told as missing, and the next one follows.
     *
     * @param progress hears what is being measured
     */
    public static List<Outcome> run(Order order, Laboratory laboratory, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try (Site site = Site.open(order.launcher(), order.quick(), laboratory)) {
            // Ctrl-C must leave neither a server nor a folder behind.
            Runtime.getRuntime().addShutdownHook(new Thread(site::close, "bench-end"));
            for (Figure figure : FIGURES) {
                if (!site.isClosed() && order.wants(figure)) {
                    progress.accept(figure.name());
                    outcomes.addAll(measured(figure, site));
                }
            }
        }
        return outcomes;
    }

    private static List<Outcome> measured(Figure figure, Site site) throws InterruptedException {
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Outcome>> measuring = thread.submit(() -> figure.measure(site));
            try {
                return measuring.get(figure.longest().toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                return missing(figure, reason(e));
            } catch (TimeoutException e) {
                measuring.cancel(true);
                return missing(
                        figure,
                        "took longer than %d s".formatted(figure.longest().toSeconds()));
            }
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? failure.toString() : cause.getMessage();
    }

    private static List<Outcome> missing(Figure figure, String reason) {
        return List.of(new Outcome.Missing(figure.name(), reason));
    }
}
