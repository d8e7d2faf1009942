package dev.drover.core.computer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of one computer below its home ({@code /workspace}), read and written from outside it. Paths are relative
 * to it or start with its name; whatever resolves outside, through symbolic links too, is refused.
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

    /** What a path leads to, links followed. */
    Stat stat(String path) throws PathRefused, IOException;

    /** A regular file, held whatever becomes of its name; links are followed. Whoever opens it closes it. */
    Opened open(String path) throws PathRefused, IOException;

    /**
     * All that is below a folder, within bounds: folders first, then files, each by lower-cased name. Pipes and
     * devices, links that lead nowhere or outside, and what cannot be looked at are left out; a link to a folder is
     * not entered.
     */
    Tree tree(String path, Bounds bounds) throws PathRefused, IOException;

    /** Deletes a file, a link or a folder with all that is in it; never the workspace itself. */
    Removed remove(String path) throws PathRefused, IOException;

    /** Writes as {@link #write(String, byte[])} does what nobody but the agent may read. */
    void writePrivate(String path, byte[] content) throws PathRefused, IOException;

    /** Writes as {@link #write(String, InputStream, long)} does what can be run. */
    void writeProgram(String path, InputStream content, long size) throws PathRefused, IOException;

    /** The same files, of which only those are written or deleted that the rule allows as well. */
    Workspace guarded(WriteRule rule);

    /** What is done with the bytes of a file. */
    @FunctionalInterface
    interface Reading {
        void read(InputStream bytes) throws IOException;
    }

    record Content(byte[] bytes, long size) {}

    record Listing(List<Entry> entries, boolean truncated) {}

    /** A folder's size is 0. */
    record Entry(String name, long size, boolean folder) {}

    /**
     * What is at the end of a path.
     *
     * @param path from the workspace, without links; {@code .} for the workspace itself
     * @param size of a folder it is 0
     */
    record Stat(String path, boolean folder, long size, Instant modified) {
        /** The last part of the path. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** A file that is open for reading. */
    record Opened(Stat stat, SeekableByteChannel bytes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    /**
     * How much of a tree is wanted.
     *
     * @param hidden whether with what begins with a dot
     * @param depth 1 for the folder's own entries alone
     * @param entries at most so many, folders too
     */
    record Bounds(boolean hidden, int depth, int entries) {}

    /**
     * A folder and what is in it.
     *
     * @param truncated whether there is more than the bounds let through
     */
    record Tree(Stat stat, List<Node> children, boolean truncated) {}

    /**
     * One entry of a tree.
     *
     * @param path from the workspace, as it is listed: links are in it
     * @param children of a folder; of a file none
     */
    record Node(String name, String path, boolean folder, long size, Instant modified, List<Node> children) {
        /** How many files are shown below it. */
        public int files() {
            return children.stream()
                    .mapToInt(child -> child.folder ? child.files() : 1)
                    .sum();
        }
    }

    /**
     * What was deleted.
     *
     * @param path from the workspace
     * @param files how many that were, links too
     */
    record Removed(String path, boolean folder, int files) {}

    /** There is nothing at the end of a path; the message says so. */
    final class Missing extends IOException {
        private static final long serialVersionUID = 1L;

        public Missing(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A folder where a file is wanted, or the other way round; the message says which. */
    final class WrongKind extends IOException {
        private static final long serialVersionUID = 1L;

        public WrongKind(String message) {
            super(message);
        }
    }

    /** A path inside that may not be written or deleted; the message is a whole sentence. */
    final class WriteRefused extends IOException {
        private static final long serialVersionUID = 1L;

        public WriteRefused(String message) {
            super(message);
        }
    }

    /** A path that leads outside or is malformed; the message says which and why. */
    final class PathRefused extends Exception {
        private static final long serialVersionUID = 1L;

        public PathRefused(String message) {
            super(message);
        }
    }
}
