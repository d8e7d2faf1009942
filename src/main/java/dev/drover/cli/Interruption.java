package dev.drover.cli;

import org.jspecify.annotations.Nullable;

/** A wish to stop that came from outside, and who is to be woken by it. */
final class Interruption {
    private int code;
    private @Nullable Thread sleeper;

    private Interruption() {}

    /** Hears Ctrl-C and TERM from now on; a second one ends this process at once. */
    static Interruption listen() {
        Interruption interruption = new Interruption();
        Signals.onFirst(interruption::raise);
        return interruption;
    }

    /** One that nothing raises but its own method. */
    static Interruption none() {
        return new Interruption();
    }

    synchronized void raise(int exitCode) {
        code = exitCode;
        if (sleeper != null) {
            sleeper.interrupt();
        }
    }

    /** From now on this thread is woken, at once if the wish came already. Before, it would leave half-done work. */
    synchronized void wakeMe() {
        sleeper = Thread.currentThread();
        if (code != 0) {
            sleeper.interrupt();
        }
    }

    /** Leaves this thread alone again. */
    synchronized void leaveMe() {
        sleeper = null;
        Thread.interrupted();
    }

    /** What to exit with; 0 when nothing was wished. */
    synchronized int code() {
        return code;
    }
}
