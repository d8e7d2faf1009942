package dev.drover.cli.bench;

import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The outcomes as a table in a page, in the place of those that it held. */
public final class MarkdownReport {
    private static final String BEGIN = "<!-- figures of drover bench -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private MarkdownReport() {}

    /**
     * Puts them between the two marks of a page.
     *
     * @throws StartFailure when there is no such page, or it has no marks
     */
    public static void write(Path page, Machine machine, List<Outcome> outcomes) throws IOException {
        String text = checked(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(page, text.substring(0, begin) + told(machine, outcomes) + text.substring(text.indexOf(END)));
    }

    /** The page, which has both marks. */
    public static String checked(Path page) throws IOException {
        String text = Files.isReadable(page) ? Files.readString(page) : "";
        if (!text.contains(BEGIN) || text.indexOf(END) < text.indexOf(BEGIN)) {
            throw new StartFailure("%s is no page with the lines '%s' and '%s', between which figures go"
                    .formatted(page, BEGIN.strip(), END.strip()));
        }
        return text;
    }

    private static String told(Machine machine, List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder("Machine: " + machine + "\n\n");
        text.append("| figure | target | median | least | most |\n|---|---|---|---|---|\n");
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Reading reading) {
                text.append("| %s | %s | %s | %s | %s |\n"
                        .formatted(
                                reading.title(),
                                reading.target().words(),
                                Target.number(reading.median()),
                                Target.number(reading.least()),
                                Target.number(reading.most())));
            }
        }
        text.append("\nWhat each one is:\n\n");
        for (Outcome outcome : outcomes) {
            text.append(
                    switch (outcome) {
                        case Outcome.Missing missing ->
                            "- **%s** was not measured: %s.\n".formatted(missing.figure(), missing.reason());
                        case Outcome.Reading reading -> "- **%s**: %s.\n".formatted(reading.title(), reading.meaning());
                    });
        }
        return text.toString();
    }
}
