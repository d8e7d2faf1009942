package dev.drover.api.http;

import org.jspecify.annotations.Nullable;

/** Receives those who open a WebSocket. */
@FunctionalInterface
public interface SocketHost {
    /**
     * Decides on a handshake; what is refused here never becomes a socket.
     *
     * @param token of the query; null when there is none
     * @throws Rejected with the answer's status
     */
    SocketTalk receive(@Nullable String token);

    /**
     * The same.
     *
     * @param hopped whether another server sends on what its own peer says
     */
    default SocketTalk receive(@Nullable String token, boolean hopped) {
        return receive(token);
    }
}
