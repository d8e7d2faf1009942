package dev.drover.core.run;

/** How a loop waits before it tries again: by the clock, or not at all where that is in a log already. */
@FunctionalInterface
interface Pause {
    void rest(long millis) throws InterruptedException;
}
