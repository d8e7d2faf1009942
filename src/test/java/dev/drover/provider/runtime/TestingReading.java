package dev.drover.provider.runtime;

import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Told;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What programs were heard to print, while our scripted models answered them. */
public final class TestingReading {
    private TestingReading() {}

    /** All that the recording beside the class tells. */
    public static List<Told> of(Class<?> test, Reading reading) throws IOException, Reading.Unreadable {
        try (InputStream printed = Objects.requireNonNull(test.getResourceAsStream("printed.jsonl"))) {
            String lines = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            return of(reading, lines.split("\n", -1));
        }
    }

    public static List<Told> of(Reading reading, String... lines) throws Reading.Unreadable {
        List<Told> told = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                told.addAll(reading.read(line));
            }
        }
        told.addAll(reading.rest());
        return told;
    }
}
