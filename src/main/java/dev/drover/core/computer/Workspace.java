package dev.drover.core.computer;

import java.io.IOException;
import java.util.List;

/**
 * The files of one computer below {@code /workspace}, read and written from outside it. Paths are relative to the
 * workspace or start with {@code /workspace/}; whatever resolves outside, through symbolic links too, is refused.
 */
public interface Workspace {
    /** At most {@code limit} bytes from the start, and the size of the whole file. */
    Content read(String path, int limit) throws PathRefused, IOException;

    /** Makes parents, writes a temporary file and renames it to the target; the file belongs to the agent. */
    void write(String path, byte[] content) throws PathRefused, IOException;

    /** At most {@code limit} entries of a folder, sorted by name. */
    Listing list(String path, int limit) throws PathRefused, IOException;

    /** Deletes a file or a link; a folder is refused. */
    void delete(String path) throws PathRefused, IOException;

    record Content(byte[] bytes, long size) {}

    record Listing(List<Entry> entries, boolean truncated) {}

    /** A folder's size is 0. */
    record Entry(String name, long size, boolean folder) {}

    /** A path that leads outside or is malformed; the message says which and why. */
    final class PathRefused extends Exception {
        private static final long serialVersionUID = 1L;

        public PathRefused(String message) {
            super(message);
        }
    }
}
