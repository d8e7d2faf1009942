package dev.drover.core.conversation;

import java.time.Instant;

/**
 * A thread as a list shows it.
 *
 * @param key its name, which callers chose
 * @param runs completed ones
 */
public record Talk(String key, int runs, Instant createdAt, Instant updatedAt) {}
