package dev.drover.provider.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Execution;
import dev.drover.core.tool.Tool;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.core.tool.ToolSpec;
import dev.drover.provider.tool.ToolJson;
import java.time.Duration;
import java.util.Optional;

/** {@code shell_run}: one command in the agent's computer. */
public final class ShellTool implements Tool {
    private static final double DEFAULT_SECONDS = 30;
    private static final double MOST_SECONDS = 60;
    private static final ToolSpec SPEC = new ToolSpec("shell_run", "Shell", "command", """
            Runs a command with /bin/sh -c in /workspace of your own computer. Each call starts anew: no directory \
            or variable is kept between calls, standard input is closed. Returns stdout, stderr and exit_code; \
            truncated tells that output over 10 MB was dropped, timed_out that the command was killed when its \
            time was up.""", new Json("""
            {"type":"object","required":["command"],"properties":{\
            "command":{"type":"string","minLength":1,"description":"The command line"},\
            "timeout_seconds":{"type":"number","description":"Default 30, at most 60"}}}"""));

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public boolean repeatable(Json input) {
        return false;
    }

    @Override
    public Optional<Duration> longest(Json input) {
        return Optional.of(timeout(input));
    }

    @Override
    public Json run(Json input, ToolContext context) throws ToolRefusal, InterruptedException {
        ObjectNode arguments = ToolJson.read(input);
        String command = arguments.path("command").asText();
        if (command.indexOf('\0') >= 0) {
            throw ToolRefusal.rejected("it holds a NUL character, which no command line can");
        }
        Optional<String> blocked = ShellGuard.blocked(command);
        if (blocked.isPresent()) {
            throw ToolRefusal.rejected("it matches a blocked pattern: " + blocked.get());
        }
        try {
            return ToolJson.write(result(context.computer().run(command, timeout(input))));
        } catch (ComputerFailure failure) {
            throw ToolRefusal.failed(String.valueOf(failure.getMessage()));
        }
    }

    private static ObjectNode result(Execution execution) {
        return ToolJson.object()
                .put("stdout", execution.stdout())
                .put("stderr", execution.stderr())
                .put("exit_code", execution.exitCode())
                .put("truncated", execution.truncated())
                .put("timed_out", execution.timedOut());
    }

    private static Duration timeout(Json input) {
        double asked = ToolJson.read(input).path("timeout_seconds").asDouble(DEFAULT_SECONDS);
        double seconds = asked > 0 ? Math.min(asked, MOST_SECONDS) : DEFAULT_SECONDS;
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1_000)));
    }
}
