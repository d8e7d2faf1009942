package dev.drover.core.machine;

import dev.drover.core.computer.Keeper;
import java.util.UUID;

/** Which server has the computer of which agent: the one that an agent keeps, or the one of its newest run. */
public final class Places {
    private final HolderStore holders;

    public Places(HolderStore holders) {
        this.holders = holders;
    }

    /** This server. */
    public UUID here() {
        return holders.node();
    }

    /** Of an agent by its name or its id; about one that is not there, or has no computer, this server answers. */
    public Keeper of(String nameOrId) {
        return holders.keeper(nameOrId);
    }

    /** Whether a server still shows that it lives. */
    public boolean lives(UUID node) {
        return holders.lives(node);
    }
}
