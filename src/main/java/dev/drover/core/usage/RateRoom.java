package dev.drover.core.usage;

import java.time.Instant;

/**
 * What is left of the window that has less of it, the minute when both have the same (Jettson contract, section 13.7).
 *
 * @param reset when room next grows
 */
public record RateRoom(int limit, int remaining, Instant reset) {}
