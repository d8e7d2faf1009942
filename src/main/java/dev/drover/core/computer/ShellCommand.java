package dev.drover.core.computer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One command under way in a {@link ResidentShell}: what it has printed so far and how it ended. */
final class ShellCommand {
    /** What a group that got TERM has to end by itself. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration PATIENCE_AFTER_KILL = Duration.ofSeconds(3);

    private final ResidentShell shell;
    private final int number;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean truncated;
    private int exitCode = -1;
    private boolean lost;

    ShellCommand(ResidentShell shell, int number) {
        this.shell = shell;
        this.number = number;
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** TERM to the group, after the grace KILL. False when even that was not confirmed. */
    boolean kill() {
        shell.order('t', number);
        if (awaitEndWithoutInterrupt(GRACE)) {
            return true;
        }
        shell.order('k', number);
        return awaitEndWithoutInterrupt(PATIENCE_AFTER_KILL);
    }

    /** The same, without waiting for it. */
    void endSoon() {
        if (ended.getCount() > 0) {
            Thread.ofVirtual().name("command-end").start(this::kill);
        }
    }

    synchronized String complaints() {
        return text(err).strip();
    }

    /** Whether the shell went away and took the answer with it. */
    synchronized boolean lost() {
        return lost;
    }

    synchronized Execution execution() {
        return new Execution(text(out), text(err), exitCode, truncated, false);
    }

    synchronized Execution timedOut() {
        return new Execution(text(out), text(err), -1, truncated, true);
    }

    synchronized void printed(char stream, byte[] bytes) {
        // The shell counts too; but what runs beside it may have taken it over, and our memory is ours to guard.
        int room = Execution.OUTPUT_LIMIT - out.size() - err.size();
        (stream == 'o' ? out : err).write(bytes, 0, Math.min(room, bytes.length));
        truncated |= bytes.length > room;
    }

    /** The shell's last word on this command: {@code exit-code truncated} or only {@code truncated}. */
    synchronized void endedWith(String answer) {
        String[] words = answer.split(" ", -1);
        if (words.length == 2) {
            exitCode = Integer.parseInt(words[0]);
        }
        truncated |= words[words.length - 1].equals("1");
        ended.countDown();
    }

    synchronized void lose() {
        lost = true;
        ended.countDown();
    }

    private boolean awaitEndWithoutInterrupt(Duration time) {
        return Uninterrupted.await(time, left -> ended.await(left, TimeUnit.NANOSECONDS));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
