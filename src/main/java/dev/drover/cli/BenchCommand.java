package dev.drover.cli;

import dev.drover.cli.bench.Bench;
import dev.drover.cli.bench.Comparison;
import dev.drover.cli.bench.JsonReport;
import dev.drover.cli.bench.Laboratory;
import dev.drover.cli.bench.Machine;
import dev.drover.cli.bench.MarkdownReport;
import dev.drover.cli.bench.Outcome;
import dev.drover.cli.bench.Target;
import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            description = "Only these: start, spawn, shell, overhead, append, reads, memory, talk, crowd, talks,"
                    + " followers, fanout, fleet, squads, recovery, size.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--quick", description = "Fewer repeats, and neither talks nor size: sooner done.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers, each round's too, to a file.")
    private @Nullable Path json;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Also print what a saved run had measured, and mark what got worse by more than a quarter.")
    private @Nullable Path compare;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Put the table into a page, between its marks, such as docs/performance.md.")
    private @Nullable Path markdown;

    BenchCommand(Surroundings around, Laboratory laboratory) {
        this.around = around;
        this.laboratory = laboratory;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.forPeople(around.err());
        Instant began = Instant.now();
        if (markdown != null) {
            MarkdownReport.checked(markdown); // before it takes its time
        }
        Comparison comparison = compare == null ? null : Comparison.with(compare);
        Machine machine = Machine.here();
        List<Outcome> outcomes =
                Bench.run(order(), laboratory, figure -> around.err().println("measuring " + figure));
        around.out().println(machine);
        around.out().println();
        print(outcomes);
        if (markdown != null) {
            MarkdownReport.write(markdown, machine, outcomes);
        }
        if (comparison != null) {
            print(comparison.lines(outcomes), around.outStyle());
        }
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
                            reading.target().words(),
                            Target.number(reading.median()),
                            Target.number(reading.least()),
                            Target.number(reading.most()),
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

    private void print(List<Comparison.Line> lines, Style style) {
        Table table = new Table("FIGURE", "TARGET", "BEFORE", "NOW", "RATIO", "");
        for (Comparison.Line line : lines) {
            table.row(
                    line.title(),
                    line.target().words(),
                    Target.number(line.before()),
                    Target.number(line.now()),
                    Target.number(line.ratio()),
                    line.isWorse() ? "WORSE" : "");
        }
        around.out().println();
        table.print(around.out(), style);
    }

    private static String met(Outcome.Reading reading) {
        if (reading.target().bound() == Target.Bound.NONE) {
            return "";
        }
        return reading.isMet() ? "yes" : "NO";
    }
}
