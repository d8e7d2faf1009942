package dev.drover.core.computer;

import dev.drover.core.id.AgentId;
import java.util.List;

/**
 * How a computer looks from inside, where that is not the same for all.
 *
 * @param home where the workspace is, which is also the home of whoever works inside: an absolute path
 * @param user what whoever works inside is called
 * @param readOnly whether the home can only be read, shared folders included
 * @param writable what can be written all the same, below the home: folders end with a slash, files are there already
 * @param folders of other agents and of this one, that several have in common
 */
public record Layout(String home, String user, boolean readOnly, List<String> writable, List<Mount> folders) {
    /** Of a computer that is opened for one run. */
    public static final Layout OF_RUN = new Layout("/workspace", "agent", false, List.of(), List.of());

    /** Of a computer that is kept (Trinity contract, section 1.4); the old name of the folder leads there too. */
    public static final Layout KEPT = new Layout("/home/developer", "developer", false, List.of(), List.of());

    public Layout {
        writable = List.copyOf(writable);
        folders = List.copyOf(folders);
    }

    /** Whether its agent lives there between runs: such a computer, once it has died, is not brought back unasked. */
    public boolean kept() {
        return !home.equals(OF_RUN.home);
    }

    /**
     * A folder that several computers have in common.
     *
     * @param source whose it is, in whose {@link AgentFolder#shared()} it lies; another's is left out when that one has
     *     never been made
     * @param path where it is seen, below the home, as {@code shared-in/ledger-bot}
     */
    public record Mount(AgentId source, String path) {}

    public Layout readOnly(List<String> exceptions) {
        return new Layout(home, user, true, exceptions, folders);
    }

    public Layout with(List<Mount> shared) {
        return new Layout(home, user, readOnly, writable, shared);
    }
}
