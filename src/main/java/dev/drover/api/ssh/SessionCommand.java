package dev.drover.api.ssh;

import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.id.AgentId;
import dev.drover.core.terminal.Reception;
import dev.drover.core.terminal.Said;
import dev.drover.core.terminal.Session;
import dev.drover.core.terminal.SessionOrder;
import dev.drover.core.terminal.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;
import org.jspecify.annotations.Nullable;

/** A shell or a command, on a terminal when the client asked for one. */
final class SessionCommand extends InsideCommand {
    private final Reception reception;
    private final AgentId agent;
    private final @Nullable String command;
    private volatile @Nullable Session session;

    SessionCommand(Reception reception, AgentId agent, @Nullable String command) {
        this.reception = reception;
        this.agent = agent;
        this.command = command;
    }

    @Override
    void begin(Environment environment) throws ComputerFailure, InterruptedException {
        Map<String, String> given = environment.getEnv();
        Session begun = reception.open(agent, new SessionOrder(command, window(given), passed(given)));
        session = begun;
        // On a thread of its own, since it waits behind what is being typed and the server's threads must not.
        environment.addSignalListener((channel, signal) ->
                Thread.ofVirtual().name("ssh-signal").start(() -> signalled(begun, signal, environment.getEnv())));
    }

    @Override
    int speak(OutputStream out, OutputStream err) throws IOException {
        Session current = required();
        while (true) {
            switch (current.next()) {
                case Said.Output(byte[] bytes) -> pass(out, bytes);
                case Said.Complaint(byte[] bytes) -> pass(err, bytes);
                case Said.Exit(int code) -> {
                    return code;
                }
            }
        }
    }

    @Override
    void type(byte @Nullable [] bytes, int length) throws IOException {
        if (bytes == null) {
            required().endInput();
        } else {
            required().type(bytes, 0, length);
        }
    }

    @Override
    void hangUp() {
        Session current = session;
        if (current != null) {
            current.close();
        }
    }

    private Session required() {
        Session current = session;
        if (current == null) {
            throw new IllegalStateException("the session has not begun");
        }
        return current;
    }

    private static void pass(OutputStream to, byte[] bytes) throws IOException {
        to.write(bytes);
        to.flush();
    }

    private static void signalled(Session session, Signal signal, Map<String, String> given) {
        try {
            Window window = window(given);
            if (signal != Signal.WINCH) {
                session.signal(signal.name());
            } else if (window != null) {
                session.resize(window);
            }
        } catch (IOException e) {
            // It ended just now.
        }
    }

    /** There is a size when, and only when, a terminal was asked for. */
    private static @Nullable Window window(Map<String, String> given) {
        String lines = given.get(Environment.ENV_LINES);
        String columns = given.get(Environment.ENV_COLUMNS);
        return lines == null || columns == null ? null : new Window(number(lines), number(columns));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    /** Only what says how to talk: anything more could change what programs inside do. */
    private static Map<String, String> passed(Map<String, String> given) {
        Map<String, String> passed = new HashMap<>();
        given.forEach((name, value) -> {
            if (name.matches("TERM|COLORTERM|LANG|LC_[A-Z]+") && value.matches("[ -~]{0,128}")) {
                passed.put(name, value);
            }
        });
        return passed;
    }
}
