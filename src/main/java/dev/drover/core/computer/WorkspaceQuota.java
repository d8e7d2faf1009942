package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much a workspace holds and may hold. Nothing in the kernel enforces it, so it is watched: often enough to stop a
 * flood, and never so often that counting takes more than a twentieth of the time.
 */
public final class WorkspaceQuota {
    /** Whatever it is, a file takes a block; so a million empty files are not free. */
    private static final long BLOCK = 4096;

    /** Faster than any disk: room that cannot have been filled since the last count needs no new one. */
    private static final long BYTES_PER_MILLISECOND = 2_000_000;

    private static final int LONGEST_PATH = 4000;
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(200);

    private final String what;
    private final LongSupplier counter;
    private final long limit;
    /** Negative as long as nobody has counted: whoever only reads does not wait for that. */
    private long used = -1;

    private long countedAt = System.nanoTime();
    private long countCost;

    public WorkspaceQuota(Path workspace, long limit) {
        this("the workspace", List.of(workspace), limit);
    }

    /**
     * Over folders of which some may not be there; they count together.
     *
     * @param what they are, for whoever is told that they are full
     */
    WorkspaceQuota(String what, List<Path> folders, long limit) {
        this(what, () -> count(folders), limit);
    }

    /**
     * Over what somebody else counts, since it lies elsewhere.
     *
     * @param counter of the bytes in use now, every file rounded up to whole blocks
     */
    public WorkspaceQuota(String what, LongSupplier counter, long limit) {
        this.what = what;
        this.counter = counter;
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }

    /** Counts now. */
    public synchronized long used() {
        long start = System.nanoTime();
        used = counter.getAsLong();
        countedAt = System.nanoTime();
        countCost = countedAt - start;
        return used;
    }

    /** As last counted, or now if that would cost next to nothing by now. */
    synchronized long lately() {
        return used < 0 || System.nanoTime() - countedAt > 20 * countCost ? used() : used;
    }

    /** What a command that starts now may leave behind: the limit, or as much as there is, so that one can clean up. */
    synchronized long allowance() {
        return Math.max(limit, used < 0 || used > limit ? used() : used);
    }

    /** Whether there is more than the allowance; looks only when there may be and a look is due. */
    synchronized boolean exceeds(long allowance) {
        long age = System.nanoTime() - countedAt;
        boolean possible = used + age / 1_000_000 * BYTES_PER_MILLISECOND + BYTES_PER_MILLISECOND > limit;
        boolean due = age > 20 * countCost;
        return (used < 0 || (possible && due) ? used() : used) > allowance;
    }

    synchronized Duration period() {
        Duration modest = Duration.ofNanos(20 * countCost);
        return modest.compareTo(SHORTEST_PERIOD) > 0 ? modest : SHORTEST_PERIOD;
    }

    /** Refuses a file of this size when it does not fit. */
    public synchronized void admit(long bytes) throws IOException {
        // Counted anew only when it looks full or a count is due: many files may come one after the other.
        if (lately() + bytes > limit && used() + bytes > limit) {
            throw new IOException(full() + "; the file needs " + bytes + " more");
        }
        used += Math.ceilDiv(Math.max(1, bytes), BLOCK) * BLOCK;
    }

    String full() {
        return what + " is full: " + used + " of " + limit + " bytes are used (delete files that are not needed)";
    }

    private static long count(List<Path> folders) {
        long sum = 0;
        Deque<Folder> ahead = new ArrayDeque<>();
        folders.forEach(each -> ahead.add(new Folder(each, null)));
        while (!ahead.isEmpty()) {
            sum += count(ahead.poll(), ahead);
        }
        return sum;
    }

    private static long count(Folder folder, Deque<Folder> folders) {
        long sum = 0;
        if (folder.path.toString().length() > LONGEST_PATH) {
            return Long.MAX_VALUE / 4; // too deep to be counted from outside: nobody hides behind that
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path)) {
            if (!(entries instanceof SecureDirectoryStream<Path> secure) || !folder.is(secure)) {
                return 0;
            }
            for (Path entry : entries) {
                BasicFileAttributes attributes = secure.getFileAttributeView(
                                entry.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                sum += Math.ceilDiv(Math.max(1, attributes.size()), BLOCK) * BLOCK;
                if (attributes.isDirectory()) {
                    folders.add(new Folder(entry, attributes.fileKey()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Gone while we looked, or closed to us: what is left is counted the next time.
        }
        return sum;
    }

    /** A folder as its parent listed it; a symbolic link put in its place since would lead out of the workspace. */
    private record Folder(Path path, @Nullable Object key) {
        boolean is(SecureDirectoryStream<Path> opened) throws IOException {
            return key == null
                    || Objects.equals(
                            key,
                            opened.getFileAttributeView(BasicFileAttributeView.class)
                                    .readAttributes()
                                    .fileKey());
        }
    }
}
