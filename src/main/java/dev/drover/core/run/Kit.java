package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.runtime.Order;
import dev.drover.core.tool.Toolbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    /** What Trinity calls what agents have when nobody says otherwise. */
    private static final Set<String> USUAL_NAMES = Set.of("filesystem", "web_search");

    /** @param missing is told why a tool that was granted is not there */
    static Kit of(Held held, Workshop workshop, Consumer<String> missing) throws InterruptedException {
        Brief brief = held.brief();
        RunOptions options = held.options();
        ModelProfile profile = workshop.profiles().named(held.owner(), held.asks());
        if (brief != null && brief.outputTokens() != null) {
            profile = profile.answering(brief.outputTokens());
        }
        Toolbox toolbox = toolbox(held, workshop, missing);
        Json schema = options.resultSchema();
        int repairs = brief == null ? ResultCheck.REPAIRS : ResultCheck.REPAIRS_OF_BRIEF;
        ResultCheck check = schema == null ? null : new ResultCheck(schema, workshop.schemas(), repairs);
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
        List<String> asked = held.options().tools();
        List<String> patterns = asked == null ? ChosenTools.of(held.run().agent(), workshop.runtimes()) : asked;
        return patterns == null
                ? ofAgent(held, workshop, missing)
                : workshop.toolbox().only(patterns);
    }

    /** As whoever made the agent wished, as far as the names mean something here: Trinity's own mean the usual ones. */
    private static Toolbox ofAgent(Held held, Workshop workshop, Consumer<String> missing) {
        Order.Choice choice = workshop.runtimes().choice(held.run().agent());
        List<String> wished = choice.tools();
        Toolbox usual = workshop.toolbox().usual();
        choice.servers()
                .forEach(server -> missing.accept("The agent was given the MCP server '" + server
                        + "', which only runtimes that read .mcp.json can use; this run goes on without it."));
        if (wished == null) {
            return usual;
        }
        List<String> known = new ArrayList<>();
        for (String name : wished) {
            if (USUAL_NAMES.contains(name)) {
                known.addAll(usual.names());
            } else if (workshop.toolbox().knows(name)) {
                known.add(name);
            } else {
                missing.accept(
                        "The agent was given the tool '" + name + "', which is none of this server's; there are: "
                                + String.join(", ", workshop.toolbox().names()) + ".");
            }
        }
        return known.isEmpty() ? usual : workshop.toolbox().only(known);
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
