package dev.drover.core.computer;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A process inside a computer with which the server talks. It belongs to the computer: to its limits, and to its end.
 * What it says is the agent's word, never the server's own.
 */
public interface Dialogue extends AutoCloseable {
    /** What the process prints; it ends with the process. */
    InputStream input();

    /** What the process reads. A thread that is interrupted while it writes breaks the line. */
    OutputStream output();

    /** The first 64 KiB of its standard error so far. */
    String complaints();

    /** The same when its input has ended: what it said last may come a moment later, and is waited for. */
    String lastComplaints();

    /** Hangs up; TERM to its process group and, two seconds later, KILL. Does not wait for that. Idempotent. */
    @Override
    void close();
}
