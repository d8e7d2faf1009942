package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.SseStyle;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Reached;
import dev.drover.core.terminal.Printed;
import dev.drover.core.terminal.RunCommand;
import dev.drover.core.terminal.RunningCommand;
import dev.drover.core.terminal.Terminals;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs a command in an agent's computer (contract, section 5.21). */
public final class TrinityExec {
    private static final long BODY_LIMIT = 10L << 20;
    private static final int LONGEST_SECONDS = 600;
    private static final Duration PACE = Duration.ofMinutes(1);

    private final Terminals terminals;
    private final TrinityAgentPath path;

    public TrinityExec(Terminals terminals, TrinityAgentPath path) {
        this.terminals = terminals;
        this.path = path;
    }

    public Operation exec() {
        return Operation.of(
                        "Run a command in an agent's computer; with Accept: text/event-stream its output as it comes",
                        this::exec)
                .header("Accept", String.class, "text/event-stream for events stdout, stderr, and exit at the end")
                .takes(Body.class, "application/json", BODY_LIMIT)
                .answers(200, TrinityOutcome.class)
                .answersType(200, "text/event-stream")
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403, 404, 413, 500);
    }

    private Answer exec(Call call) {
        Reached reached = path.forOwner(call);
        RunCommand order = order(call);
        RunningCommand running = terminals.run(reached, order);
        if (wantsEvents(call)) {
            return Answer.stream(new TrinityExecFrames(running), SseStyle.SPACED);
        }
        try (running) {
            return Answer.ok(whole(running));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Failed("Failed to run the command: the server is stopping"));
        }
    }

    private static RunCommand order(Call call) {
        TrinityChange body = TrinityChange.of(call);
        String command = body.textIfAny("command");
        if (command == null) {
            throw new Refused(new Problem.Unacceptable("command is required"));
        }
        Duration timeout = body.has("timeout_seconds")
                ? Duration.ofSeconds(body.integer("timeout_seconds", 1, LONGEST_SECONDS))
                : RunCommand.USUAL_TIME;
        return new RunCommand(command, timeout, body.textIfAny("stdin"));
    }

    private static boolean wantsEvents(Call call) {
        String accept = call.header("Accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/event-stream");
    }

    private static TrinityOutcome whole(RunningCommand running) throws InterruptedException {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        while (true) {
            for (Printed printed : running.next(PACE)) {
                switch (printed) {
                    case Printed.Output(String text) -> out.append(text);
                    case Printed.Complaint(String text) -> err.append(text);
                    case Printed.End(int code, boolean timedOut, boolean truncated, Duration took) -> {
                        return new TrinityOutcome(
                                out.toString(), err.toString(), code, timedOut, truncated, took.toMillis());
                    }
                }
            }
        }
    }

    /** What the body holds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String command,
            @Nullable Integer timeoutSeconds,
            @Nullable String stdin) {}
}
