package dev.drover.cli;

import dev.drover.cli.bench.Bench;
import dev.drover.cli.bench.JsonReport;
import dev.drover.cli.bench.Laboratory;
import dev.drover.cli.bench.Machine;
import dev.drover.cli.bench.Outcome;
import dev.drover.cli.bench.Target;
import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        description = "Measure Drover on this machine, with servers of its own, and print a table of medians.")
final class BenchCommand implements Callable<Integer> {
    /** Set by the launcher, through which servers are started here as a user starts them. */
    private static final String LAUNCHER = "drover.launcher";

    private final Surroundings around;
    private final Laboratory laboratory;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these: start, spawn, shell, overhead, append, reads, memory, talk, crowd, followers,"
                    + " fleet.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--quick", description = "Fewer repeats: sooner done, less to be trusted.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers, each round's too, to a file.")
    private @Nullable Path json;

    BenchCommand(Surroundings around, Laboratory laboratory) {
        this.around = around;
        this.laboratory = laboratory;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.forPeople(around.err());
        Instant began = Instant.now();
        Machine machine = Machine.here();
        List<Outcome> outcomes =
                Bench.run(order(), laboratory, figure -> around.err().println("measuring " + figure));
        around.out().println(machine);
        around.out().println();
        print(outcomes);
        if (json != null) {
            JsonReport.write(json, machine, began, outcomes);
        }
        return outcomes.stream().anyMatch(Outcome.Missing.class::isInstance) ? Commands.FAILED : 0;
    }

    private Bench.Order order() {
        for (String name : only) {
            if (!Bench.names().contains(name)) {
                throw new StartFailure("there is no figure '%s': --only takes some of %s"
                        .formatted(name, String.join(", ", Bench.names())));
            }
        }
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            throw new StartFailure("bench starts servers through the launcher: run ./drover bench");
        }
        return new Bench.Order(Path.of(launcher), only, quick);
    }

    private void print(List<Outcome> outcomes) {
        Style style = around.outStyle();
        Table table = new Table("FIGURE", "TARGET", "MEDIAN", "MIN", "MAX", "MET");
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Missing missing -> table.row(missing.figure(), "", "not measured", "", "", "");
                case Outcome.Reading reading ->
                    table.row(
                            reading.title(),
                            target(reading.target()),
                            number(reading.median()),
                            number(reading.least()),
                            number(reading.most()),
                            met(reading));
            }
        }
        table.print(around.out(), style);
        around.out().println();
        for (Outcome outcome : outcomes) {
            around.out()
                    .println(
                            switch (outcome) {
                                case Outcome.Missing missing ->
                                    missing.figure() + " was not measured: " + missing.reason();
                                case Outcome.Reading reading -> reading.title() + ": " + reading.meaning() + ".";
                            });
        }
    }

    private static String met(Outcome.Reading reading) {
        if (reading.target().bound() == Target.Bound.NONE) {
            return "";
        }
        return reading.isMet() ? "yes" : "NO";
    }

    private static String target(Target target) {
        String value = number(target.value()) + " " + target.unit();
        return switch (target.bound()) {
            case AT_MOST -> "<= " + value.strip();
            case AT_LEAST -> ">= " + value.strip();
            case NONE -> target.unit();
        };
    }

    /** Three digits are enough for what is never the same twice. */
    private static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value).replaceFirst("\\.0+$", "");
    }
}
