package dev.drover.api.http;

/** Who waits for an answer at the other end of a connection. */
public interface Peer {
    /**
     * Has something done, once and on a thread of its own, when the peer goes away before the watch is closed; it is
     * not when the server stops. A peer that closes only its sending side counts as gone. Ask after the body was read:
     * the connection is listened to from then on, and closed behind this answer.
     */
    Watch whenGone(Runnable action);

    /** Ends by being closed; after that the action neither runs nor will. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
