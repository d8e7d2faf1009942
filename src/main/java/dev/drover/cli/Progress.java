package dev.drover.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines for somebody who watches, and below them, on a terminal, one line that is written over: a spinner, the time,
 * the step, the tokens.
 */
final class Progress implements AutoCloseable {
    private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream target;
    private final boolean live;
    private final Style style;
    private final int width;
    private final InstantSource clock;
    private final long startedAt;
    private final ReentrantLock lock = new ReentrantLock();
    private String doing = "";
    private int step;
    private long tokens;
    private int frame;
    private boolean closed;

    /** @param live whether the line below may be drawn */
    Progress(PrintStream target, boolean live, Style style, int width, InstantSource clock) {
        this.target = target;
        this.live = live;
        this.style = style;
        this.width = width;
        this.clock = clock;
        this.startedAt = clock.millis();
        if (live) {
            Thread.ofVirtual().name("progress").start(this::keepDrawing);
        }
    }

    void say(List<String> lines) {
        locked(() -> {
            if (live) {
                target.print(CLEAR);
            }
            lines.forEach(target::println);
            draw();
        });
    }

    void at(int nowStep, String nowDoing) {
        locked(() -> {
            step = Math.max(step, nowStep); // remarks belong to no step
            doing = nowDoing;
            draw();
        });
    }

    void spent(long nowTokens) {
        locked(() -> tokens = nowTokens);
    }

    /** Elapsed time, steps, and tokens where the server counts them. */
    String summary() {
        long seconds10 = (clock.millis() - startedAt) / 100;
        StringBuilder text = new StringBuilder(
                seconds10 < 600
                        ? String.format(Locale.ROOT, "%d.%d s", seconds10 / 10, seconds10 % 10)
                        : String.format(Locale.ROOT, "%d:%02d min", seconds10 / 600, seconds10 / 10 % 60));
        if (step > 0) {
            text.append(step == 1 ? " · 1 step" : " · " + step + " steps");
        }
        if (tokens > 0) {
            text.append(String.format(Locale.ROOT, " · %,d tokens", tokens));
        }
        return text.toString();
    }

    private void keepDrawing() {
        while (!closed) {
            locked(() -> {
                frame++;
                draw();
            });
            LockSupport.parkNanos(REDRAW_NANOS);
        }
    }

    private void draw() {
        if (live && !closed) {
            char spinner = FRAMES.charAt(frame % FRAMES.length());
            String text = summary() + (doing.isEmpty() ? "" : " · " + doing);
            // A line that wraps could not be written over.
            target.print(CLEAR + spinner + " " + style.dim(Steps.cut(text, width - 3)));
            target.flush();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            if (live && !closed) {
                target.print(CLEAR);
            }
            closed = true;
        });
    }
}
