package dev.drover.core.memory;

import java.util.List;

/** Reads the facts out of what a model wrote when it was asked for JSON; models wrap it in all kinds of words. */
@FunctionalInterface
public interface FactReader {
    /** The facts in their order; none when there is nothing that can be read as facts. */
    List<Fact> read(String text);

    /** Something worth remembering, as a model put it: nothing of it has been checked. */
    record Fact(String key, String value, List<String> tags, int importance) {
        public Fact {
            tags = List.copyOf(tags);
        }
    }
}
