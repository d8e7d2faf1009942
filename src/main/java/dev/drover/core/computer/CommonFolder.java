package dev.drover.core.computer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that agents have in common although each has a uid of its own: it belongs to the group of the agent whose it
 * is, which the others' computers have among theirs, and whatever is made in it is open to that group, by a default
 * access list that no umask overrules.
 */
public final class CommonFolder {
    private static final String DEFAULT_LIST = "system.posix_acl_default";
    private static final int VERSION = 2;
    private static final short OF_OWNER = 1;
    private static final short OF_GROUP = 4;
    private static final short OF_OTHERS = 0x20;
    private static final short ALL = 7;

    private CommonFolder() {}

    /** Makes the folder that an agent offers, when it has none. */
    public static void make(AgentFolder agent, Owner owner) throws IOException {
        Path folder = agent.shared();
        if (Files.exists(folder)) {
            return;
        }
        Path made = agent.root().resolve("shared.new");
        try {
            Files.createDirectory(made);
        } catch (FileAlreadyExistsException e) {
            // A server was killed at this very moment.
        }
        owner.own(made);
        // 2770: new files get the folder's group; a chown would have taken that bit away again.
        Files.setAttribute(made, "unix:mode", 02770);
        FileHandle.attribute(made, DEFAULT_LIST, list());
        Files.move(made, folder);
    }

    /** As the kernel keeps it: a version, then kind, rights and (here none) id of each entry. */
    private static byte[] list() {
        ByteBuffer list = ByteBuffer.allocate(4 + 3 * 8).order(ByteOrder.LITTLE_ENDIAN);
        list.putInt(VERSION);
        list.putShort(OF_OWNER).putShort(ALL).putInt(-1);
        list.putShort(OF_GROUP).putShort(ALL).putInt(-1);
        list.putShort(OF_OTHERS).putShort((short) 0).putInt(-1);
        return list.array();
    }
}
