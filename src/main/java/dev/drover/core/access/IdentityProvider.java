package dev.drover.core.access;

import java.net.URI;
import java.util.Map;

/** SPI: somebody else who says who people are, such as a company's login. */
public interface IdentityProvider {
    /** As people know it, for a button. */
    String name();

    /**
     * Where to send a browser that asks who it is.
     *
     * @param callback where it comes back to
     * @throws dev.drover.core.Refused as unavailable when the provider is out of reach
     */
    Departure depart(URI callback);

    /**
     * Who came back.
     *
     * @param answer the query that the browser brought along
     * @throws dev.drover.core.Refused as unauthenticated when anything about it does not fit
     */
    Identity arrive(Journey journey, Map<String, String> answer, URI callback);

    /** A browser on its way, and what has to come back with it. */
    record Departure(URI to, Journey journey) {}

    /** Random words that tie an answer to its question; each is good once. */
    record Journey(String state, String nonce, String verifier) {}

    /**
     * Somebody, as the provider says.
     *
     * @param email one that the provider does not call unverified
     */
    record Identity(String subject, String email) {}
}
