package dev.drover.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Socket;
import dev.drover.api.http.SocketTalk;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.agent.Reached;
import dev.drover.core.terminal.Said;
import dev.drover.core.terminal.Session;
import dev.drover.core.terminal.Utf8Pieces;
import dev.drover.core.terminal.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One terminal on one socket. The connection's thread types, a thread of its own passes on what is printed; the
 * credential and the right are judged again every few seconds.
 */
final class ConsoleTerminal implements SocketTalk {
    private static final int ENDED = 1000;
    private static final int REFUSED = 4000;
    private static final int UNAUTHENTICATED = 4001;
    private static final int IDLE = 4002;
    private static final Duration HELLO_WITHIN = Duration.ofSeconds(5);
    private static final Duration JUDGED_EVERY = Duration.ofSeconds(3);
    private static final long LEAST_AHEAD = 128 * 1024;

    private final ConsoleTerminals house;
    private final long begunAt = System.nanoTime();
    private final Utf8Pieces text = new Utf8Pieces();
    private volatile @Nullable Socket socket;
    private volatile @Nullable Guest guest;
    private volatile @Nullable Line line;
    private volatile long stirredAt = begunAt;
    private volatile long judgedAt = begunAt;
    private volatile boolean barred;
    private boolean gone;

    ConsoleTerminal(ConsoleTerminals house) {
        this.house = house;
    }

    /** Who types into which agent's computer, and by which credential. */
    private record Guest(String credential, Caller caller, String agent) {}

    /** What was opened. */
    private record Line(Session session, ConsolePace pace, boolean told, Thread reader) {}

    @Override
    public void opened(Socket opened) {
        socket = opened;
    }

    @Override
    public void said(String words) {
        Socket to = socket;
        if (to == null) {
            return;
        }
        JsonNode message = JsonCodec.tolerant(words);
        Line open = line;
        try {
            if (open == null) {
                begin(to, message);
            } else if (stands(to)) {
                hear(to, open, message);
            }
        } catch (Refused e) {
            refuse(to, e.problem());
        } catch (IOException e) {
            // It ended just now; what is read from it says how.
        }
    }

    private void begin(Socket to, JsonNode message) {
        if (!message.path("type").asText().equals("open")) {
            complain(to, REFUSED, "the first text must be {\"type\": \"open\", \"token\": ..., \"agent\": ...}");
            return;
        }
        String credential = message.path("token").asText();
        Caller caller = house.identify(credential);
        Reached reached = house.reach(caller, message.path("agent").asText());
        Session session = house.open(reached, window(message));
        boolean told = message.path("ahead").isIntegralNumber();
        long ahead = told ? Math.max(LEAST_AHEAD, message.path("ahead").asLong()) : Long.MAX_VALUE;
        guest = new Guest(credential, caller, reached.id().toString());
        begin(to, reached, session, new ConsolePace(ahead), told);
    }

    private synchronized void begin(Socket to, Reached reached, Session session, ConsolePace pace, boolean told) {
        if (gone) {
            session.close();
            return;
        }
        stirredAt = System.nanoTime();
        judgedAt = stirredAt;
        Thread reader = Thread.ofVirtual().name("terminal").unstarted(() -> read(to, session, pace));
        line = new Line(session, pace, told, reader);
        to.say(JsonCodec.line(new Opened("opened", reached.name(), reached.id().toString())));
        reader.start();
    }

    private void hear(Socket to, Line open, JsonNode message) throws IOException {
        switch (message.path("type").asText()) {
            case "input" -> {
                stirredAt = System.nanoTime();
                byte[] typed = message.path("data").asText().getBytes(StandardCharsets.UTF_8);
                open.session.type(typed, 0, typed.length);
            }
            case "resize" -> open.session.resize(window(message));
            case "taken" -> open.pace.taken(message.path("characters").asLong());
            case "renew" -> renew(to, message.path("token").asText());
            default -> say(to, new Complaint("error", "unknown type; expected input, resize, taken or renew"));
        }
    }

    private static Window window(JsonNode message) {
        return new Window(message.path("rows").asInt(24), message.path("cols").asInt(80));
    }

    /** Short-lived credentials are followed by others while a terminal is open. */
    private void renew(Socket to, String credential) {
        Guest before = guest;
        Caller caller = house.identify(credential);
        if (before == null || !before.caller().user().id().equals(caller.user().id())) {
            complain(to, UNAUTHENTICATED, "the new credential is somebody else's");
            return;
        }
        guest = new Guest(credential, caller, before.agent());
    }

    private void read(Socket to, Session session, ConsolePace pace) {
        boolean silent = true;
        try {
            while (true) {
                switch (session.next()) {
                    case Said.Output(byte[] bytes) -> {
                        silent = false;
                        print(to, pace, text.add(bytes, bytes.length));
                    }
                    case Said.Complaint(byte[] bytes) -> print(to, pace, text.add(bytes, bytes.length));
                    case Said.Exit(int code) -> {
                        print(to, pace, text.end());
                        end(to, code, silent ? session.complaints() : "");
                        return;
                    }
                }
            }
        } catch (IOException e) {
            end(to, 128 + 9, "");
        } catch (InterruptedException e) {
            // The socket is gone.
        }
    }

    private void print(Socket to, ConsolePace pace, String words) throws InterruptedException {
        if (words.isEmpty() || !stands(to)) {
            return;
        }
        stirredAt = System.nanoTime();
        Line open = line;
        boolean told = open != null && open.told;
        pace.begin(words.length());
        to.say(() -> {
            pace.written();
            if (!told) {
                pace.taken(words.length());
            }
            return JsonCodec.line(new Output("output", words));
        });
    }

    private static void end(Socket to, int code, String complaints) {
        if (!complaints.isBlank()) {
            say(to, new Complaint("error", "The terminal did not start: " + complaints.strip()));
        }
        say(to, new Exit("exit", code));
        to.close(ENDED, "the terminal has ended");
    }

    @Override
    public void waited() {
        Socket to = socket;
        long now = System.nanoTime();
        if (to == null) {
            return;
        }
        if (line == null && now - begunAt > HELLO_WITHIN.toNanos()) {
            complain(to, UNAUTHENTICATED, "no text of type open came within " + HELLO_WITHIN.toSeconds() + " s");
        } else if (line != null && now - stirredAt > house.idleness().toNanos()) {
            complain(
                    to,
                    IDLE,
                    "nobody typed and nothing was printed for "
                            + house.idleness().toMinutes() + " minutes; open the terminal again");
        } else if (line != null) {
            stands(to);
        }
    }

    /** Whether whoever opened it still may; if not, it is closed. */
    private boolean stands(Socket to) {
        Guest now = guest;
        if (barred) {
            return false;
        }
        if (now == null || System.nanoTime() - judgedAt < JUDGED_EVERY.toNanos()) {
            return true;
        }
        judgedAt = System.nanoTime();
        try {
            house.reach(house.identify(now.credential()), now.agent());
            return true;
        } catch (Refused e) {
            if (e.problem() instanceof Problem.Unavailable) {
                return true; // nobody can judge while the database is away
            }
            barred = true;
            refuse(to, e.problem());
            return false;
        }
    }

    private static void refuse(Socket to, Problem problem) {
        boolean unknown = problem instanceof Problem.Unauthenticated || problem instanceof Problem.MissingScope;
        complain(to, unknown ? UNAUTHENTICATED : REFUSED, words(problem));
    }

    private static String words(Problem problem) {
        return switch (problem) {
            case Problem.Unauthenticated no -> "Could not validate credentials";
            case Problem.MissingScope missing -> "The credential lacks the scope " + missing.scope();
            case Problem.NotFound missing -> "There is no agent '" + missing.id() + "' that you may use";
            case Problem.Forbidden no -> no.what();
            case Problem.WrongState state -> state.sentence();
            case Problem.OnHold hold -> hold.sentence();
            case Problem.Failed failed -> failed.sentence();
            case Problem.Unavailable away -> "Unavailable for now: " + away.what();
            default -> "The terminal was refused: " + problem;
        };
    }

    private static void complain(Socket to, int code, String message) {
        say(to, new Complaint("error", message));
        to.close(code, message.length() > 100 ? "refused" : message);
    }

    /** The agent that a first text names; null when it names none. */
    static @Nullable String agentOf(String first) {
        String agent = JsonCodec.tolerant(first).path("agent").asText();
        return agent.isEmpty() ? null : agent;
    }

    static String complaint(String message) {
        return JsonCodec.line(new Complaint("error", message));
    }

    private static void say(Socket to, Object message) {
        to.say(JsonCodec.line(message));
    }

    @Override
    public void closed() {
        Line open;
        synchronized (this) {
            gone = true;
            open = line;
        }
        if (open != null) {
            open.session.close();
            open.pace.end();
            open.reader.interrupt();
        }
    }

    record Opened(String type, String agent, String id) {}

    record Output(String type, String data) {}

    record Exit(String type, int code) {}

    record Complaint(String type, String message) {}
}
