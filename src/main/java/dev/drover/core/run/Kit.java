package dev.drover.core.run;

import dev.drover.core.model.ModelProfile;
import dev.drover.core.tool.Toolbox;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one run is worked with, as its agent, its caller and its brief want it.
 *
 * @param check null when any text will do as the result
 */
record Kit(
        ModelProfile profile,
        Toolbox toolbox,
        Prompts prompts,
        StepLimit limit,
        @Nullable ResultCheck check,
        boolean wordless) {
    /** @param missing is told why a tool that was granted is not there */
    static Kit of(Held held, Workshop workshop, Consumer<String> missing) throws InterruptedException {
        Brief brief = held.brief();
        RunOptions options = held.options();
        ModelProfile profile = workshop.profiles().named(held.owner(), held.asks());
        if (brief != null && brief.outputTokens() != null) {
            profile = profile.answering(brief.outputTokens());
        }
        Toolbox toolbox = toolbox(held, workshop, missing);
        ResultCheck check = ResultCheck.of(options, brief, workshop.schemas());
        String instruction = (check == null ? "" : check.instruction()) + told(options.secrets());
        Integer cap = options.maxIterations();
        StepLimit limit = brief == null
                ? StepLimit.ofIterations(cap == null ? workshop.iterationCap() : cap)
                : StepLimit.of(brief);
        return new Kit(profile, toolbox, new Prompts(profile, instruction, toolbox), limit, check, brief == null);
    }

    private static Toolbox toolbox(Held held, Workshop workshop, Consumer<String> missing) throws InterruptedException {
        Brief brief = held.brief();
        if (brief != null && brief.tools() != null) {
            return workshop.toolbox().holding(workshop.made().of(held.owner(), brief.tools(), missing));
        }
        List<String> patterns = held.options().tools();
        return patterns == null
                ? ChosenTools.of(held, workshop, missing)
                : workshop.toolbox().only(patterns);
    }

    /** By the names at the spawn, so that a later holder asks with the same words. */
    private static String told(List<String> secrets) {
        return secrets.isEmpty()
                ? ""
                : "\n\nThis task comes with secrets: " + String.join(", ", secrets) + ". The shell has each as an"
                        + " environment variable of that name; in url, headers and body of an HTTP request"
                        + " {{secret.NAME}} stands for its value. You see ***NAME*** where a value would be.";
    }
}
