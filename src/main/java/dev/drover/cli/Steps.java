package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Turns the events of a run into lines for people. */
final class Steps {
    private static final int MOST_LINES = 12;
    private static final String INDENT = "    ";

    private final Style style;
    private final int width;

    Steps(Style style, int width) {
        this.style = style;
        this.width = width;
    }

    List<String> lines(JsonNode event) {
        String message = event.path("message").asText("");
        return switch (event.path("kind").asText()) {
            case "info" -> block("· ", message, style::dim);
            case "thinking" -> block("~ ", message, style::dim);
            case "tool_use" -> List.of(called(event));
            case "tool_result" -> returned(event);
            case "end" -> List.of(style.good("✓ completed"));
            case "error" -> block("✗ ", message, style::bad);
            case "stopped" -> block("■ ", message, style::bad);
            default -> block("· ", message, style::dim);
        };
    }

    /** What the agent is at after this event, in a few words; empty when only it knows. */
    String doing(JsonNode event) {
        return event.path("kind").asText().equals("tool_use")
                ? ToolWords.name(event) + " " + ToolWords.argument(event)
                : "";
    }

    private String called(JsonNode event) {
        String name = ToolWords.name(event);
        String argument = cut(ToolWords.argument(event), width - name.length() - 4);
        return style.accent("▸ " + name) + (argument.isEmpty() ? "" : "  " + style.bold(argument));
    }

    private List<String> returned(JsonNode event) {
        List<String> lines = new ArrayList<>();
        String output = ToolWords.output(event);
        // An error is read to its end; other output is only looked at.
        String shown = event.path("is_error").asBoolean()
                ? String.join("\n", Paragraph.wrapped(output, width - INDENT.length()))
                : output;
        shortened(shown).forEach(line -> lines.add(INDENT + line));
        // A command that fails is no error of the tool, but whoever watches wants to see it.
        boolean failed = event.path("is_error").asBoolean() || ToolWords.exitCode(event) != 0;
        String verdict = ToolWords.verdict(event);
        if (event.path("in_doubt").asBoolean()) {
            lines.add(INDENT + style.bad("? in doubt"));
        } else {
            lines.add(INDENT + (failed ? style.bad("✗ " + verdict) : style.dim("✓ " + verdict)));
        }
        return lines;
    }

    private List<String> block(String mark, String text, UnaryOperator<String> look) {
        List<String> lines = shortened(text);
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            out.add(look.apply((i == 0 ? mark : "  ") + lines.get(i)));
        }
        return out;
    }

    /** The first lines, each as long as fits, and how many more there were. */
    private List<String> shortened(String text) {
        List<String> all = harmless(text).stripTrailing().lines().toList();
        Stream<String> first = all.stream().limit(MOST_LINES).map(line -> cut(line, width - INDENT.length()));
        return all.size() <= MOST_LINES
                ? first.toList()
                : Stream.concat(first, Stream.of("… %d more lines".formatted(all.size() - MOST_LINES)))
                        .toList();
    }

    /** At most so long, and on one line. */
    static String cut(String line, int most) {
        String flat = harmless(line).replaceAll("\\s*\\R\\s*", " ↵ ").stripTrailing();
        if (flat.length() <= most) {
            return flat;
        }
        int end = Math.max(1, most - 1);
        return flat.substring(0, Character.isHighSurrogate(flat.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** What an agent prints must not steer the terminal of whoever watches it: no escapes, no other controls. */
    static String harmless(String text) {
        return text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "")
                .replace("\t", "    ")
                .replaceAll("[\\p{Cc}\\p{Cf}&&[^\n\r\u200d]]", "");
    }
}
