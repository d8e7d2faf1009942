package dev.drover.core.agent;

import java.time.Instant;

/**
 * That an agent may be used by whoever has an address.
 *
 * @param email in lower case
 * @param by the number of whoever shared it
 * @param sharer the address of the same, or the name where there is none
 */
public record Share(long id, String email, int by, String sharer, Instant at) {}
