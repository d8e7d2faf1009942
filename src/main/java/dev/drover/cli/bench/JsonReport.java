package dev.drover.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The outcomes for a program to read. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /** Writes them into a file, in place of what it held. */
    public static void write(Path file, Machine machine, Instant at, List<Outcome> outcomes) throws IOException {
        ObjectNode report = JSON.createObjectNode();
        report.put("at", at.toString());
        report.set("machine", JSON.valueToTree(machine));
        ArrayNode figures = report.putArray("figures");
        for (Outcome outcome : outcomes) {
            add(figures.addObject(), outcome);
        }
        Files.writeString(file, JSON.writeValueAsString(report) + "\n");
    }

    private static void add(ObjectNode figure, Outcome outcome) {
        figure.put("name", outcome.figure());
        switch (outcome) {
            case Outcome.Missing missing -> figure.put("missing", missing.reason());
            case Outcome.Reading reading -> {
                figure.put("title", reading.title());
                figure.put("unit", reading.target().unit());
                switch (reading.target().bound()) {
                    case AT_MOST -> figure.put("at_most", reading.target().value());
                    case AT_LEAST -> figure.put("at_least", reading.target().value());
                    case NONE -> figure.putNull("at_most");
                }
                figure.put("median", reading.median());
                figure.put("min", reading.least());
                figure.put("max", reading.most());
                figure.set("rounds", JSON.valueToTree(reading.rounds()));
                figure.put("met", reading.isMet());
                figure.put("meaning", reading.meaning());
            }
        }
    }
}
