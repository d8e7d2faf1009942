package dev.drover.core.run;

/** Takes the events of runs in their order: the log on disk, or a replay, which holds them against one. */
interface LogKeeper {
    /** How entries are written. */
    EventCodec codec();

    /** Hands events over in order; {@link Append#await} waits until it is settled whether they are in the log. */
    Append submit(Append append);
}
