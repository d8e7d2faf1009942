package dev.drover.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.core.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was measured beside what a saved run had measured. */
public final class Comparison {
    private static final double WORSE = 1.25;

    private final Map<String, Double> before;

    private Comparison(Map<String, Double> before) {
        this.before = before;
    }

    /**
     * Reads what {@link JsonReport} wrote.
     *
     * @throws StartFailure when the file is none of those
     */
    public static Comparison with(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new StartFailure("there is no file %s to compare with: write one with --json".formatted(file));
        }
        Map<String, Double> medians = new HashMap<>();
        for (JsonNode figure : saved(file).path("figures")) {
            if (figure.path("median").isNumber()) {
                medians.put(figure.path("title").asText(), figure.path("median").asDouble());
            }
        }
        if (medians.isEmpty()) {
            throw new StartFailure(file + " holds no figures of a bench: write it with --json");
        }
        return new Comparison(medians);
    }

    private static JsonNode saved(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new StartFailure(file + " is no JSON: write it with --json", e);
        }
    }

    /**
     * One figure then and now.
     *
     * @param ratio of now to then; 1 when both are nothing
     */
    public record Line(String title, Target target, double before, double now, double ratio) {
        /** Whether it got worse by more than a quarter; what has no target is better when it is less. */
        public boolean isWorse() {
            return target.bound() == Target.Bound.AT_LEAST ? ratio < 1 / WORSE : ratio > WORSE;
        }
    }

    /** Those that both have, in the order in which they were measured. */
    public List<Line> lines(List<Outcome> outcomes) {
        List<Line> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Reading reading) {
                Double then = before.get(reading.title());
                if (then != null) {
                    double now = reading.median();
                    double ratio = now == then ? 1 : now / then;
                    lines.add(new Line(reading.title(), reading.target(), then, now, ratio));
                }
            }
        }
        return lines;
    }
}
