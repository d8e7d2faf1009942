package dev.drover.core;

/** Short words between the nodes of one Drover. A wake-up, never the truth: what counts is read from the tables. */
public interface Notices {
    /** At most 8,000 bytes; heard everywhere, here too, when the current transaction is kept, and never otherwise. */
    void say(String channel, String payload);

    /** Before anything is started. */
    void hear(String channel, Hearer hearer);

    /** Somebody who wants to hear; it must not block. */
    interface Hearer {
        void heard(String payload);

        /** Words may have been lost, since listening began or began again just now. */
        void mayHaveMissed();
    }
}
