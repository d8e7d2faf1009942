package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** To whom an agent's files belong. */
public sealed interface Owner {
    /** A host uid of the agent's own, with the group of the same number. */
    record Apart(int uid) implements Owner {}

    /** The server's own uid: it may give none away. */
    record Shared() implements Owner {}

    /** Whom a folder belongs to. */
    static Owner of(Path folder) throws IOException {
        int own = uid(Path.of("/proc/self"));
        int uid = uid(folder);
        return uid == own ? new Shared() : new Apart(uid);
    }

    private static int uid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives a file to the owner; a link itself, not what it leads to. */
    default void own(Path path) throws IOException {
        if (this instanceof Apart(int uid)) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
