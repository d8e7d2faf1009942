package dev.drover.provider.computer.bubblewrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file for each uid that some server over a folder has given away; it names the agent. */
final class UidMarks {
    private final Path computers;
    private final Path folder;

    /** Wipes off marks of agents that are gone: a server may have been lost before it did. */
    UidMarks(Path computers) throws IOException {
        this.computers = computers;
        this.folder = Files.createDirectories(computers.resolve("uids"));
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, "[0-9]*")) {
            for (Path mark : marks) {
                if (isGone(mark)) {
                    wipe(Integer.parseInt(mark.getFileName().toString()));
                }
            }
        }
    }

    /** False when the uid is given away already. */
    boolean set(int uid, String agent) throws IOException {
        try {
            Files.writeString(mark(uid), agent, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /** Once the agent's folder is gone. Taken aside first: between a look and a removal it could become another's. */
    void wipe(int uid) {
        Path aside = folder.resolve(UUID.randomUUID() + ".old");
        try {
            Files.move(mark(uid), aside, StandardCopyOption.ATOMIC_MOVE);
            if (!isGone(aside)) {
                Files.createLink(mark(uid), aside);
            }
            Files.delete(aside);
        } catch (NoSuchFileException wiped) {
            // Somebody else did.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One without a name is being written just now. */
    private boolean isGone(Path mark) throws IOException {
        String agent = Files.readString(mark).strip();
        return !agent.isEmpty() && Files.notExists(computers.resolve(agent));
    }

    private Path mark(int uid) {
        return folder.resolve(Integer.toString(uid));
    }
}
