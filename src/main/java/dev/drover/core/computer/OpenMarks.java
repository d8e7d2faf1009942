package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the servers that share a folder which computers in it another has open, so that none clears them away. A mark
 * is a file with a lock on it, which ends with whoever set it.
 */
final class OpenMarks {
    private final Path folder;
    private final Map<AgentId, FileChannel> mine = new ConcurrentHashMap<>();

    OpenMarks(Path computers) {
        this.folder = computers.resolve("open");
    }

    /** Where a frozen server has set one already, this one goes on without: it is looked after all the same. */
    void set(AgentId agent) throws IOException {
        if (mine.containsKey(agent)) {
            return; // to close a second channel would let go of the lock
        }
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(
                mark(agent), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tried(channel) == null) {
            channel.close();
        } else {
            mine.put(agent, channel);
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException hereToo) {
            return null;
        }
    }

    void wipe(AgentId agent) {
        FileChannel channel = mine.remove(agent);
        if (channel == null) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(mark(agent));
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
            return tried(channel) == null;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException e) {
            return true; // nobody can tell
        }
    }

    private Path mark(AgentId agent) {
        return folder.resolve(agent.toString());
    }
}
