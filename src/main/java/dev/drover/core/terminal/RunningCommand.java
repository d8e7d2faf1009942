package dev.drover.core.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Execution;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command under way in a computer, whose output is taken as it comes; one thread takes it. */
public final class RunningCommand implements AutoCloseable {
    private static final Duration AFTER_TERM = Duration.ofSeconds(4);
    private static final int AHEAD = 8;

    private final Session session;
    private final BlockingQueue<Said> said = new ArrayBlockingQueue<>(AHEAD);
    private final Utf8Pieces output = new Utf8Pieces();
    private final Utf8Pieces complaint = new Utf8Pieces();
    private final long begun = System.nanoTime();
    private final long until;
    private final Thread reader;
    private boolean timedOut;
    private boolean truncated;
    private int room = Execution.OUTPUT_LIMIT;
    private boolean ended;

    private RunningCommand(Session session, RunCommand order) {
        this.session = session;
        this.until = begun + order.timeout().toNanos();
        this.reader = Thread.ofVirtual().name("command-output").start(this::read);
        Thread.ofVirtual().name("command-input").start(() -> type(order.stdin()));
    }

    static RunningCommand start(Computer computer, RunCommand order) throws ComputerFailure, InterruptedException {
        return new RunningCommand(Session.open(computer, SessionOrder.of(order.command())), order);
    }

    /** Whether the end has been handed out. */
    public boolean ended() {
        return ended;
    }

    /** What came by now; waits for something, at most so long, and is empty when nothing came. */
    public List<Printed> next(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Printed> printed = new ArrayList<>();
        while (printed.isEmpty() && !ended) {
            long now = System.nanoTime();
            long limit = timedOut ? until + AFTER_TERM.toNanos() : until;
            if (now >= limit) {
                timeIsUp(printed);
                continue;
            }
            Said next = said.poll(Math.min(limit, deadline) - now, TimeUnit.NANOSECONDS);
            if (next != null) {
                take(next, printed);
            } else if (System.nanoTime() >= deadline) {
                break;
            }
        }
        return printed;
    }

    /** Ends the command if it has not ended. */
    @Override
    public void close() {
        session.close();
        reader.interrupt();
    }

    /** First TERM, with what KILL leaves two seconds later; when even that does not end it, we go. */
    private void timeIsUp(List<Printed> printed) {
        if (timedOut) {
            session.close();
            end(-1, printed);
            return;
        }
        timedOut = true;
        // Not here: as long as the command does not read what it is given, there is no way past that.
        Thread.ofVirtual().name("command-end").start(this::terminate);
    }

    private void terminate() {
        try {
            session.terminate();
        } catch (IOException e) {
            // It is ending just now.
        }
    }

    private void take(Said next, List<Printed> printed) {
        switch (next) {
            case Said.Output(byte[] bytes) -> add(printed, new Printed.Output(output.add(bytes, fitting(bytes))));
            case Said.Complaint(byte[] bytes) ->
                add(printed, new Printed.Complaint(complaint.add(bytes, fitting(bytes))));
            case Said.Exit(int code) -> end(code, printed);
        }
    }

    private int fitting(byte[] bytes) {
        int fitting = Math.min(room, bytes.length);
        room -= fitting;
        truncated |= fitting < bytes.length;
        return fitting;
    }

    private void end(int code, List<Printed> printed) {
        add(printed, new Printed.Output(output.end()));
        add(printed, new Printed.Complaint(complaint.end()));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        printed.add(new Printed.End(timedOut ? -1 : code, timedOut, truncated, took));
        ended = true;
    }

    private static void add(List<Printed> printed, Printed more) {
        boolean empty = (more instanceof Printed.Output(String text) && text.isEmpty())
                || (more instanceof Printed.Complaint(String other) && other.isEmpty());
        if (!empty) {
            printed.add(more);
        }
    }

    private void read() {
        try {
            Said next = session.next();
            while (!(next instanceof Said.Exit)) {
                said.put(next);
                next = session.next();
            }
            said.put(next);
        } catch (IOException e) {
            // The computer went away, or we did.
            said.offer(new Said.Exit(128 + 9));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void type(@Nullable String stdin) {
        try {
            if (stdin != null) {
                byte[] bytes = stdin.getBytes(UTF_8);
                session.type(bytes, 0, bytes.length);
            }
            session.endInput();
        } catch (IOException e) {
            // It ended without reading all of it.
        }
    }
}
