package dev.drover.api.http;

/** Our side of an open WebSocket. */
public interface SocketTalk {
    /** The first call; before it nobody can be answered. */
    void opened(Socket socket);

    /** The peer said a whole text. */
    void said(String text);

    /** A second has passed in which we had nothing to say; on the thread that writes. */
    void waited();

    /** The last call, whoever ended it; on the thread that writes. */
    void closed();
}
