package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.AgentFolder;
import dev.drover.core.computer.Owner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives each agent a host uid of its own, which stays its own as long as its folder is there. A uid goes to a new agent
 * only when no file (the old folder is gone) and no process of the former owner is left, and to none by two servers
 * that share the folder: whoever gives one away has made its mark first.
 */
final class AgentUids {
    /** The last 65,536 that fit into every archive format; far from those that systems and users are given. */
    static final int FIRST = 0x1F0000;

    static final int COUNT = 0x10000;

    private static final String FILE = "uid";

    private final Path computers;
    private final UidMarks marks;
    private final int first;
    private final int count;
    private final BitSet taken = new BitSet();
    private final BitSet used;
    private final ReentrantLock lock = new ReentrantLock();
    private int next;

    /** Over the agents' folders; installations on one host begin far from each other, however alike their names. */
    AgentUids(Path computers, int first, int count, String installation) throws IOException {
        this.computers = computers;
        this.marks = new UidMarks(computers);
        this.first = first;
        this.count = count;
        this.next = new SplittableRandom(installation.hashCode()).nextInt(count);
        this.used = HostUids.inUse(first, count);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(computers)) {
            for (Path folder : folders) {
                take(folder);
            }
        }
    }

    /** The agent's uid: the one it had, with whatever still ran under it killed, or a fresh one. */
    Owner.Apart claim(AgentFolder agent) throws IOException {
        if (Files.exists(agent.root().resolve(FILE))) {
            int uid = read(agent.root());
            HostUids.killAll(uid);
            return new Owner.Apart(uid);
        }
        lock.lock();
        try {
            int place = free(agent);
            write(agent.root(), first + place);
            taken.set(place);
            used.set(place);
            next = (place + 1) % count;
            return new Owner.Apart(first + place);
        } finally {
            lock.unlock();
        }
    }

    /** After the agent's folder is gone, and with it all files of this uid. */
    void release(Owner.Apart owner) {
        lock.lock();
        try {
            taken.clear(owner.uid() - first);
            marks.wipe(owner.uid());
        } finally {
            lock.unlock();
        }
    }

    /** Kills what runs under the uid of a folder that was left; which may never have got one. */
    Owner evict(AgentFolder agent) throws IOException {
        if (Files.notExists(agent.root().resolve(FILE))) {
            return new Owner.Shared();
        }
        int uid = read(agent.root());
        HostUids.killAll(uid);
        return new Owner.Apart(uid);
    }

    /** Keeps others from what a folder says, and from whom its files belong to, whatever it says. */
    private void take(Path folder) throws IOException {
        Path workspace = folder.resolve("workspace");
        int owner =
                Files.exists(workspace) && Files.getAttribute(workspace, "unix:uid") instanceof Integer uid ? uid : 0;
        for (int found : new int[] {owner, Files.exists(folder.resolve(FILE)) ? number(folder) : 0}) {
            if (found >= first && found < first + count) {
                taken.set(found - first);
                var _ = marks.set(found, folder.getFileName().toString());
            }
        }
    }

    private int free(AgentFolder agent) throws IOException {
        for (int i = 0; i < count; i++) {
            int place = (next + i) % count;
            if (!taken.get(place)
                    && (!used.get(place) || !HostUids.inUse(first + place, 1).get(0))
                    && marks.set(first + place, agent.agent().toString())) {
                return place;
            }
        }
        throw new IOException("all " + count + " uids from " + first + " on are taken by agents in " + computers
                + "; end some of them");
    }

    private int read(Path folder) throws IOException {
        int uid = number(folder);
        if (uid < first || uid >= first + count) {
            throw new IOException("file " + folder.resolve(FILE) + " says '" + Files.readString(folder.resolve(FILE))
                    + "', a uid from " + first + " to " + (first + count - 1)
                    + " is expected; remove the folder if the agent is not needed");
        }
        return uid;
    }

    private static int number(Path folder) throws IOException {
        String text = Files.readString(folder.resolve(FILE)).strip();
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static void write(Path folder, int uid) throws IOException {
        Path temporary = folder.resolve(FILE + ".new");
        Files.writeString(temporary, uid + "\n");
        Files.move(temporary, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
}
