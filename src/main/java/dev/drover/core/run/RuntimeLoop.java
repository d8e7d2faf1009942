package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.computer.Workspace;
import dev.drover.core.model.Message;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.AgentProgram;
import dev.drover.core.runtime.DotEnv;
import dev.drover.core.runtime.Order;
import dev.drover.core.runtime.Reading;
import dev.drover.core.runtime.Start;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one run by a program that is an agent by itself, in the agent's computer. What it does there cannot be known
 * before it is done: so after a crash its session goes on, told of the interruption, and nothing is begun twice.
 */
record RuntimeLoop(
        Held held,
        LiveRun live,
        LogWriter writer,
        Transcript transcript,
        Workshop workshop,
        Lane lane,
        ScheduledExecutorService timer) {
    private static final Logger log = LoggerFactory.getLogger(RuntimeLoop.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    private static final int LARGEST_FILE = 256 * 1024;
    private static final int TAIL = 2_000;
    private static final String INTERRUPTED = """
            You were interrupted: the server that had started you went away while you worked on the task below. What \
            you did until then is done. Look at what is there before you go on, and do nothing twice that must not \
            happen twice; if all was done, only give the result.

            The task:
            """;

    /** How the run ends; the caller stores it. */
    Entry.Ended work(Computer computer, String runtime) throws LeaseLost, InterruptedException, ComputerFailure {
        Optional<AgentProgram> named = workshop.runtimes().program(runtime);
        if (named.isEmpty()) {
            return failed("Unknown runtime: " + runtime);
        }
        AgentProgram program = named.get();
        String session = transcript.session();
        boolean goesOn = session != null;
        if (held.isTakenOver()) {
            end(computer);
            if (!goesOn && transcript.calledTools()) {
                return failed("the server was interrupted while " + runtime + " worked, before it had named its"
                        + " session. It had begun to use tools, so it is not begun anew; look at what it did, and"
                        + " ask again");
            }
        }
        if (!goesOn) {
            session = lane.session(held, runtime).orElse(null);
        }
        Order order = order(computer, goesOn ? INTERRUPTED + question() : question(), session);
        Attempt first = attempt(computer, program, order);
        if (first.end() instanceof Entry.Failed why && session != null && !goesOn && !first.heard()) {
            writer.append(
                    new Entry.Noted("The session " + session + " cannot go on, so a new one begins: " + why.message()));
            return attempt(computer, program, order(computer, conversation(), null))
                    .end();
        }
        return first.end();
    }

    private record Attempt(Entry.Ended end, boolean heard) {}

    private static Entry.Failed failed(String why) {
        return new Entry.Failed(FailureReason.CONTAINER_FAILED, why);
    }

    private String question() {
        return lane.session(held, runtimeOf()).isPresent() || transcript.session() != null
                ? transcript.question().orElse("")
                : conversation();
    }

    private String runtimeOf() {
        Brief brief = held.brief();
        return brief == null || brief.runtime() == null ? "" : brief.runtime();
    }

    /** For a program that knows nothing of what was said before. */
    private String conversation() {
        List<Message> messages = transcript.messages();
        String newest = transcript.question().orElse("");
        String before = messages.stream()
                .limit(Math.max(0, messages.size() - 1))
                .map(RuntimeLoop::line)
                .collect(Collectors.joining("\n"));
        return before.isBlank() ? newest : "What was said before:\n" + before + "\n\nNow:\n" + newest;
    }

    private static String line(Message message) {
        return switch (message) {
            case Message.User user -> "User: " + user.text();
            case Message.Assistant assistant -> "You: " + assistant.reply().text();
            case Message.ToolOutcome _ -> "";
        };
    }

    private Order order(Computer computer, String prompt, @Nullable String session) {
        String instructions = transcript.instructions();
        return new Order(
                prompt,
                instructions == null ? "" : instructions,
                session,
                workshop.runtimes().choice(held.run().agent()),
                file(computer, ".mcp.json").map(Json::new).orElse(null));
    }

    private static Optional<String> file(Computer computer, String path) {
        try {
            Workspace.Content content = computer.workspace().read(path, LARGEST_FILE);
            return content.size() > LARGEST_FILE
                    ? Optional.empty()
                    : Optional.of(new String(content.bytes(), StandardCharsets.UTF_8));
        } catch (IOException | Workspace.PathRefused e) {
            return Optional.empty();
        }
    }

    private Attempt attempt(Computer computer, AgentProgram program, Order order)
            throws LeaseLost, InterruptedException, ComputerFailure {
        Map<String, String> own = file(computer, ".env").map(DotEnv::read).orElse(Map.of());
        Start start = Start.of(program, program.launch(order), order.choice().lentKey(), mark(), own);
        boolean ended = false;
        try (ProgramLog told = new ProgramLog(
                        program.name(), used(order.session()), writer, transcript, timer, workshop.clock());
                Dialogue dialogue = computer.converse(start.script(), start.environment())) {
            Thread.ofVirtual().name("runtime-input").start(() -> feed(dialogue, start.input()));
            Entry.Ended end = read(program, dialogue, told);
            ended = told.end() != null;
            return new Attempt(end, told.heard());
        } catch (IOException e) {
            if (live.cause() != null || Thread.interrupted()) {
                throw new InterruptedException("the run was ended while " + program.name() + " worked");
            }
            throw new ComputerFailure("the computer broke while " + program.name() + " worked: " + e.getMessage(), e);
        } finally {
            if (!ended) {
                end(computer);
            }
        }
    }

    private Usage used(@Nullable String session) {
        RunUsage own = transcript.usage();
        return session == null
                ? Usage.NONE
                : lane.used(held, session).plus(new Usage(own.inputTokens(), own.outputTokens(), 0, 0));
    }

    private static void feed(Dialogue dialogue, byte[] input) {
        try {
            OutputStream output = dialogue.output();
            output.write(input);
            output.flush();
        } catch (IOException e) {
            log.debug("a program did not take all of its input", e);
        }
    }

    private static Entry.Ended read(AgentProgram program, Dialogue dialogue, ProgramLog told)
            throws IOException, LeaseLost {
        Reading reading = program.reading();
        BoundedLines lines = new BoundedLines(dialogue.input());
        Optional<Integer> code = Optional.empty();
        for (String line = lines.next(); line != null && code.isEmpty(); line = lines.next()) {
            if (Start.saysMissing(line)) {
                return failed(missing(program));
            }
            if (Start.saysThereIsNoDoor(line)) {
                return failed(noDoor(program));
            }
            code = Start.exit(line);
            if (code.isEmpty()) {
                told.take(line, reading);
            }
        }
        told.rest(reading);
        Entry.Ended end = told.end();
        if (end != null) {
            return end;
        }
        if (lines.flooded()) {
            return failed("%s printed more than %,d bytes and was ended".formatted(program.name(), BoundedLines.MOST));
        }
        return failed(program.name() + " ended without a result"
                + code.map(number -> ", with exit code " + number).orElse("") + tail(dialogue.lastComplaints()));
    }

    private static String missing(AgentProgram program) {
        return ("the runtime %s is asked for, but there is no '%s' in the agent's computer; install it there with"
                        + " '%s', or choose the runtime drover")
                .formatted(program.name(), program.command(), program.installation());
    }

    private static String noDoor(AgentProgram program) {
        return ("the runtime %s asks models with this server's key at the computer's door, and this kind of computer"
                        + " has none; use bubblewrap or docker computers, or turn use_platform_api_key off and give"
                        + " the agent a key of its own in its .env")
                .formatted(program.name());
    }

    private static String tail(String complaints) {
        return complaints.isBlank() ? "" : ": " + complaints.substring(Math.max(0, complaints.length() - TAIL));
    }

    private String mark() {
        return held.run().id().value().toString();
    }

    /** Programs start their tools in process groups of their own, which no signal to their own group reaches. */
    private void end(Computer computer) {
        Uninterrupted.run(() -> {
            try {
                computer.run(Start.end(mark()), LONGEST_END);
            } catch (ComputerFailure e) {
                log.debug("nothing is left to end: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
