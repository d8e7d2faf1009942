package dev.drover.core.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a {@code template.yaml} says of the agent that begins with it. */
public interface TemplateReader {
    /** The file's own name. */
    String FILE = "template.yaml";

    /**
     * What it says.
     *
     * @throws Unreadable when it is no mapping, or says something that cannot be
     */
    Words read(byte[] yaml) throws Unreadable;

    /**
     * What the template wants; null for what it does not speak of.
     *
     * @param avatar words that say what the agent's picture shows
     */
    record Words(
            @Nullable String kind,
            @Nullable String runtime,
            @Nullable String cpu,
            @Nullable String memory,
            @Nullable List<String> tools,
            @Nullable List<String> servers,
            boolean exposes,
            boolean consumes,
            @Nullable String avatar) {
        static final Words NONE = new Words(null, null, null, null, null, null, false, false, null);
    }

    /** The message says what is wrong, and where. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message) {
            super(message);
        }
    }
}
