package dev.drover.chaos;

import java.time.Duration;

/** What goes wrong. Nodes are counted from 0; what lasts is mended by itself when its time is over. */
sealed interface Fault {
    /**
     * {@code kill -9} of a server, which is started again at once.
     *
     * @param atWork not before it answers requests; else whatever it is doing, also while it starts
     */
    record Kill(int node, boolean atWork) implements Fault {}

    /**
     * {@code kill -9} of the server that holds the run which reports the next intent, while that call is under way.
     *
     * @param node which one otherwise, when none reports any
     * @param after how long after the report
     */
    record KillAtCall(int node, Duration after) implements Fault {}

    /** All servers at the same moment, so that there is nobody to take over. */
    record KillAll() implements Fault {}

    /** SIGSTOP and, later, SIGCONT. */
    record Freeze(int node, Duration time, boolean computersToo) implements Fault {}

    /** TERM: it ends in order, and is started again. */
    record Stop(int node) implements Fault {}

    /** All connections of a server to its database break. */
    record Cut(int node) implements Fault {}

    /** Nothing passes between a server and its database, and nobody is told. */
    record Stall(int node, Duration time) implements Fault {}

    /** The database gets a signal and is started again: INT ends it in order, QUIT at once, KILL without a word. */
    record KillDatabase(String signal) implements Fault {}

    /** The wall clock of a server, which stays wrong until the next jump. */
    record JumpClock(int node, Duration by) implements Fault {}

    /** Not a byte can be written, neither by the servers nor by their database. */
    record FillDisk(Duration time) implements Fault {}

    /** The model is slow or broken for everybody. */
    record UpsetModel(Mood mood, Duration time) implements Fault {}

    /** How the model is. */
    enum Mood {
        FINE,
        SLOW,
        BROKEN
    }
}
