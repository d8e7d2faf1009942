package dev.drover.core.runtime;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.AgentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can work in an agent's computer, by name: Drover's own loop, and programs that are agents by themselves. */
public final class Runtimes {
    /** Our own loop, which works where nobody names another. */
    public static final String DROVER = "drover";

    public static final String CLAUDE_CODE = "claude-code";
    public static final String GEMINI_CLI = "gemini-cli";
    public static final String CODEX = "codex";

    /** All that there are, our own first. */
    public static final List<String> NAMES = List.of(DROVER, CLAUDE_CODE, GEMINI_CLI, CODEX);

    private static final String ALSO_GEMINI_CLI = "gemini";

    /** Our own loop alone. */
    public static final Runtimes NONE = new Runtimes(List.of(), Choices.USUAL);

    private final Map<String, AgentProgram> programs;
    private final Choices choices;

    public Runtimes(List<AgentProgram> programs, Choices choices) {
        this.choices = choices;
        this.programs =
                programs.stream().collect(Collectors.toUnmodifiableMap(AgentProgram::name, Function.identity()));
    }

    /** The one name of what somebody asked for; refused when there is no such thing. */
    public static String named(@Nullable String asked) {
        if (asked == null) {
            return DROVER;
        }
        String name = asked.equals(ALSO_GEMINI_CLI) ? GEMINI_CLI : asked;
        if (!NAMES.contains(name)) {
            throw new Refused(new Problem.Unacceptable("Unknown runtime: " + asked));
        }
        return name;
    }

    /** What the agent chose about its program, as it is at the moment. */
    public Order.Choice choice(AgentId agent) {
        return choices.of(agent);
    }

    /** Empty for our own loop. */
    public Optional<AgentProgram> program(String name) {
        return Optional.ofNullable(programs.get(name));
    }
}
