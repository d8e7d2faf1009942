package dev.drover.core.run;

import dev.drover.core.model.Message;
import dev.drover.core.model.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** A run in few words, for a model that is to learn from it. */
final class Story {
    private static final int LONGEST_PART = 1_500;
    private static final int LONGEST_RESULT = 6_000;
    private static final int LONGEST = 24_000;

    private Story() {}

    /** The task, the newest of what was done as far as there is room, and the result. */
    static String of(Transcript transcript, String result) {
        String steps = transcript.messages().stream()
                .skip(1)
                .map(Story::part)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n"));
        String task = transcript.messages().getFirst() instanceof Message.User user ? user.text() : "";
        int from = Math.max(0, steps.length() - LONGEST);
        return "TASK\n" + task + "\n\nSTEPS\n" + steps.substring(from) + "\n\nRESULT\n" + cut(result, LONGEST_RESULT);
    }

    private static String part(Message message) {
        return switch (message) {
            case Message.User user -> cut(user.text(), LONGEST_PART);
            case Message.Assistant assistant ->
                cut(assistant.reply().text(), LONGEST_PART)
                        + calls(assistant.reply().calls());
            case Message.ToolOutcome outcome ->
                outcome.tool() + " gave " + cut(outcome.output().text(), LONGEST_PART);
        };
    }

    private static String calls(List<ToolCall> calls) {
        return calls.stream()
                .map(call -> "\n" + call.tool() + " " + cut(call.input().text(), LONGEST_PART))
                .collect(Collectors.joining());
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
