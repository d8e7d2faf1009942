package dev.drover.core.agent;

import dev.drover.core.access.Caller;

/** Lets the owner of an address log in who could not before; what happens when an agent is shared with it. */
@FunctionalInterface
public interface Invitations {
    /** For an address in lower case. */
    void invite(Caller sharer, String email);
}
