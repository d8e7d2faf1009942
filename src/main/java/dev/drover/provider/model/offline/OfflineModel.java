package dev.drover.provider.model.offline;

import dev.drover.core.model.Delta;
import dev.drover.core.model.LanguageModel;
import dev.drover.core.model.Message;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.ToolOffer;
import dev.drover.core.model.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the explicit steps of a task, one tool call a turn, and ends with the last output. It keeps nothing: how
 * far it has come follows from the conversation, so that a crash does not set it back.
 */
public final class OfflineModel implements LanguageModel {
    private static final String NAME = "offline";
    private static final String HELP = """
            No language model is configured, so this agent can only follow explicit steps.

            To use a model, set one of ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY and start Drover again; or
            choose one with DROVER_MODEL=anthropic/NAME, openai/NAME, gemini/NAME or ollama/NAME. OPENAI_BASE_URL points
            openai/NAME at any compatible server (vLLM, llama.cpp, Ollama), which may need no key.

            To go on without one, write each step of the task on a line of its own:
              $ COMMAND          runs it in the shell
              GET URL            fetches it
              READ path          reads a file of the workspace
              WRITE path: text   writes one
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean reasons() {
        return false;
    }

    @Override
    public Reply ask(Prompt prompt, Consumer<Delta> deltas) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while asking " + NAME);
        }
        List<Step> steps = Step.of(task(prompt));
        List<Message.ToolOutcome> outcomes = outcomes(prompt);
        if (steps.isEmpty()) {
            return said(HELP, deltas);
        }
        int done = outcomes.size();
        if (done >= steps.size()) {
            return said(Output.of(steps.getLast(), outcomes.getLast().output()), deltas);
        }
        Step step = steps.get(done);
        Optional<String> tool = prompt.tools().stream()
                .map(ToolOffer::name)
                .filter(name -> name.endsWith(step.tool()))
                .findFirst();
        return tool.map(name -> called(new ToolCall("step_" + (done + 1), name, Output.json(step.input()))))
                .orElseGet(() -> said(
                        "Step " + (done + 1) + " needs the tool " + step.tool() + ", which this agent does not have.",
                        deltas));
    }

    private static String task(Prompt prompt) {
        return prompt.messages().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).text())
                .findFirst()
                .orElse("");
    }

    private static List<Message.ToolOutcome> outcomes(Prompt prompt) {
        return prompt.messages().stream()
                .filter(Message.ToolOutcome.class::isInstance)
                .map(Message.ToolOutcome.class::cast)
                .toList();
    }

    private static Reply said(String text, Consumer<Delta> deltas) {
        for (String line : text.split("(?<=\n)", -1)) {
            if (!line.isEmpty()) {
                deltas.accept(new Delta.Text(line));
            }
        }
        return new Reply(text, "", List.of(), Usage.NONE, Reply.Stop.END, NAME, Map.of());
    }

    private static Reply called(ToolCall call) {
        return new Reply("", "", List.of(call), Usage.NONE, Reply.Stop.TOOLS, NAME, Map.of());
    }
}
