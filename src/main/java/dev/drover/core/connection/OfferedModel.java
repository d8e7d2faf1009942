package dev.drover.core.connection;

/**
 * A model, or a profile of the server, that an agent may have.
 *
 * @param provider who answers, in one word
 * @param contextTokens how much it reads and writes in one call
 * @param maxOutputTokens how much it writes when nobody says more or less
 */
public record OfferedModel(String name, String provider, int contextTokens, int maxOutputTokens) {}
