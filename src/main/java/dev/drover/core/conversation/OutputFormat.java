package dev.drover.core.conversation;

import dev.drover.core.scenario.Field;
import java.util.List;

/**
 * What an answer is to be like.
 *
 * @param structured whether it is JSON with these fields; else any text
 */
public record OutputFormat(boolean structured, List<Field> fields) {
    public static final OutputFormat TEXT = new OutputFormat(false, List.of());

    public OutputFormat {
        fields = List.copyOf(fields);
    }
}
