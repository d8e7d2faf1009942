package dev.drover.core;

import java.time.Duration;

/** Does work again and again, once in the whole cluster however many servers ask for it. */
public interface Recurring {
    /** Runs about every interval, first after one; a failure is logged and the next time comes all the same. */
    void every(String name, Duration interval, Runnable work);
}
