package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the servers that share a folder which computers in it another has open, so that none clears them away. A mark
 * is a file with a lock on it, which ends with whoever set it.
 */
final class OpenMarks {
    private final Path folder;
    private final Map<AgentId, Mark> mine = new ConcurrentHashMap<>();

    /** @param file tells the file from one that another server has put in its place */
    private record Mark(FileChannel lock, @Nullable Object file) {}

    OpenMarks(Path computers) {
        this.folder = computers.resolve("open");
    }

    /** In place of what a server has set that is frozen now: who opened a computer last has it. */
    void set(AgentId agent) throws IOException {
        if (mine.containsKey(agent)) {
            return; // to close a second channel would let go of the lock
        }
        Files.createDirectories(folder);
        Path made = folder.resolve(agent + "." + UUID.randomUUID());
        FileChannel channel = FileChannel.open(
                made, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel.lock();
        mine.put(agent, new Mark(channel, key(made)));
        Files.move(made, mark(agent), StandardCopyOption.ATOMIC_MOVE);
    }

    void wipe(AgentId agent) {
        Mark set = mine.remove(agent);
        if (set == null) {
            return;
        }
        try (FileChannel _ = set.lock) {
            if (Objects.equals(key(mark(agent)), set.file)) {
                Files.deleteIfExists(mark(agent));
            }
        } catch (NoSuchFileException gone) {
            // Another server had its place, and has wiped it.
        } catch (IOException e) {
            System.getLogger(OpenMarks.class.getName()).log(System.Logger.Level.WARNING, "left over: {0}", mark(agent));
        }
    }

    /** Whether a server that has not ended has it open. */
    boolean isSet(AgentId agent) {
        if (mine.containsKey(agent)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(mark(agent), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException hereToo) {
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException e) {
            return true; // nobody can tell
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private Path mark(AgentId agent) {
        return folder.resolve(agent.toString());
    }
}
