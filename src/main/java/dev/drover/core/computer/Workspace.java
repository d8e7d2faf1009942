package dev.drover.core.computer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of one computer below {@code /workspace}, read and written from outside it. Paths are relative to the
 * workspace or start with {@code /workspace/}; whatever resolves outside, through symbolic links too, is refused.
 */
public interface Workspace {
    /** At most {@code limit} bytes from the start, and the size of the whole file. */
    Content read(String path, int limit) throws PathRefused, IOException;

    /** Hands over the bytes of a regular file, however many; a link at the end of the path is not followed. */
    void read(String path, Reading reading) throws PathRefused, IOException;

    /** Makes parents, writes a temporary file and renames it to the target; the file belongs to the agent. */
    default void write(String path, byte[] content) throws PathRefused, IOException {
        write(path, new ByteArrayInputStream(content), content.length);
    }

    /** The same for bytes that come as they are wanted. */
    void write(String path, InputStream content, long size) throws PathRefused, IOException;

    /** At most {@code limit} entries of a folder, sorted by name. */
    Listing list(String path, int limit) throws PathRefused, IOException;

    /**
     * Regular files at any depth below a folder, sorted within each; no link is followed. What cannot be looked at is
     * left out, and so is all that lies behind so many entries.
     *
     * @param wanted is asked with paths from the workspace
     */
    List<Entry> find(String folder, Predicate<String> wanted, int most) throws IOException;

    /** Deletes a file or a link; a folder is refused. */
    void delete(String path) throws PathRefused, IOException;

    /** What is done with the bytes of a file. */
    @FunctionalInterface
    interface Reading {
        void read(InputStream bytes) throws IOException;
    }

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
