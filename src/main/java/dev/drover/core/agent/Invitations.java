package dev.drover.core.agent;

/** Lets the owner of an address log in who could not before; what happens when an agent is shared with it. */
@FunctionalInterface
public interface Invitations {
    /** For an address in lower case. */
    void invite(String email);
}
