package dev.drover.core.tool;

import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.ToolOffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools that one run may use. Whatever goes wrong in one of them is a result; the run goes on. */
public final class Toolbox {
    private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);
    private static final int LONGEST_REASON = 4_000;
    private static final String FOREIGN = "mcp_";

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final ToolStyle style;
    private final Schemas schemas;
    private final ResultTrimmer trimmer;

    public Toolbox(List<Tool> tools, ToolStyle style, Schemas schemas, ResultTrimmer trimmer) {
        this.style = style;
        this.schemas = schemas;
        this.trimmer = trimmer;
        for (Tool tool : tools) {
            this.tools.put(style.prefix() + tool.spec().name(), tool);
        }
    }

    /**
     * A box of those tools that a pattern names, with or without the prefix; {@code *} stands for any characters.
     * What was named when the run was born and is no more is simply not in it.
     */
    public Toolbox only(List<String> patterns) {
        return with(tool -> patterns.stream().anyMatch(pattern -> isNamed(tool, pattern)));
    }

    /** Refuses, as invalid {@code tools}, a pattern that names none. */
    public void refuseUnknown(List<String> patterns) {
        for (String pattern : patterns) {
            if (!knows(pattern)) {
                String names = String.join(", ", tools.keySet());
                throw new Refused(new Problem.Invalid(
                        "tools", "has '" + clipped(pattern) + "', which matches no tool; there are: " + names));
            }
        }
    }

    /** Whether a pattern names any. */
    public boolean knows(String pattern) {
        return tools.values().stream().anyMatch(tool -> isNamed(tool, pattern));
    }

    /** A box of those tools that a run may use without naming them: all but those of other servers. */
    public Toolbox usual() {
        return with(tool -> !tool.spec().name().startsWith(FOREIGN));
    }

    /** A box of other tools than these, which go by their plain names. */
    public Toolbox holding(List<Tool> others) {
        return new Toolbox(others, ToolStyle.PLAIN, schemas, trimmer);
    }

    /** How its tools are shown. */
    public ToolStyle style() {
        return style;
    }

    private Toolbox with(Predicate<Tool> wanted) {
        return new Toolbox(tools.values().stream().filter(wanted).toList(), style, schemas, trimmer);
    }

    private boolean isNamed(Tool tool, String pattern) {
        String name = tool.spec().name();
        String expression = Pattern.compile("[^*]+")
                .matcher(pattern)
                .replaceAll(part -> quoted(part.group()))
                .replace("*", ".*");
        return name.matches(expression) || style.shown(name).matches(expression);
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(Pattern.quote(text));
    }

    /** A tool by its name without any prefix. */
    public Optional<Tool> tool(String name) {
        return Optional.ofNullable(tools.get(style.shown(name)));
    }

    /** The names without any prefix, in the order given. */
    public List<String> names() {
        return tools.values().stream().map(tool -> tool.spec().name()).toList();
    }

    /** The tools as a model sees them, in the order given. */
    public List<ToolOffer> offers() {
        return tools.entrySet().stream()
                .map(entry -> new ToolOffer(
                        entry.getKey(),
                        entry.getValue().spec().description(),
                        entry.getValue().spec().inputSchema()))
                .toList();
    }

    /** Whether the call is of a tool that there is. */
    public boolean has(ToolCall call) {
        return tools.containsKey(call.tool());
    }

    /** When the call ends by itself at the latest; empty when only the time of its run bounds it. */
    public Optional<Duration> longest(ToolCall call) {
        Tool tool = tools.get(call.tool());
        return tool == null || violation(tool, call).isPresent() ? Optional.empty() : tool.longest(call.input());
    }

    /** Whether a call whose result was lost may simply be made again; so may one that would be refused anyway. */
    public boolean repeatable(ToolCall call) {
        Tool tool = tools.get(call.tool());
        return tool == null || violation(tool, call).isPresent() || tool.repeatable(call.input());
    }

    /** Runs the call. Only an interrupt leaves by exception. */
    public ToolResult run(ToolCall call, ToolContext context) throws InterruptedException {
        Tool tool = tools.get(call.tool());
        if (tool == null) {
            return ToolResult.error("%s has no tool '%s'; its tools are: %s"
                    .formatted(style.word(), clipped(call.tool()), String.join(", ", tools.keySet())));
        }
        try {
            Optional<String> violation = violation(tool, call);
            if (violation.isPresent()) {
                return error(tool, ToolRefusal.rejected(violation.get()));
            }
            ToolAnswer answer = answer(tool, call, context);
            // Masked before it is cut, since a cut may leave a part of a value that nothing knows again.
            Json masked = context.secrets().mask().hide(answer.output());
            return new ToolResult(trimmer.trim(masked, ToolResult.LIMIT), false, answer.pictures());
        } catch (ToolRefusal refusal) {
            return error(tool, refusal);
        } catch (RuntimeException e) {
            LOG.error("tool {} broke", call.tool(), e);
            return error(tool, ToolRefusal.failed("an internal error, which is in the server's log"));
        }
    }

    private static ToolAnswer answer(Tool tool, ToolCall call, ToolContext context)
            throws ToolRefusal, InterruptedException {
        return tool instanceof ShowingTool showing
                ? showing.show(call.input(), context)
                : new ToolAnswer(tool.run(call.input(), context), List.of());
    }

    /** The result of a call that could not be seen through. */
    public ToolResult failed(ToolCall call, String reason) {
        Tool tool = tools.get(call.tool());
        return tool == null ? ToolResult.error(reason) : error(tool, ToolRefusal.failed(reason));
    }

    private Optional<String> violation(Tool tool, ToolCall call) {
        return schemas.violation(tool.spec().inputSchema(), call.input());
    }

    private ToolResult error(Tool tool, ToolRefusal refusal) {
        ToolSpec spec = tool.spec();
        String frame = refusal.wasRejected()
                ? "%s %s rejected the %s: ".formatted(style.word(), spec.label(), spec.noun())
                : "%s %s failed: ".formatted(style.word(), spec.label());
        Json error = Json.error(frame + clipped(refusal.reason()));
        return new ToolResult(trimmer.trim(error, ToolResult.LIMIT), true);
    }

    private static String clipped(String text) {
        if (text.length() <= LONGEST_REASON) {
            return text;
        }
        return text.substring(0, LONGEST_REASON) + "...";
    }
}
