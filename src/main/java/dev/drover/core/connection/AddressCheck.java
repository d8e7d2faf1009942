package dev.drover.core.connection;

import java.util.Optional;

/** SPI: tells at once of an address that no call would be let out to. */
@FunctionalInterface
public interface AddressCheck {
    /** Why nobody gets there; empty when nothing is known against it. */
    Optional<String> objection(String url);
}
