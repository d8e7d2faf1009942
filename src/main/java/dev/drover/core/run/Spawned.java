package dev.drover.core.run;

import org.jspecify.annotations.Nullable;

/**
 * What a spawn made.
 *
 * @param hookSecret what signs for the webhook that came along, when one had to be made; null otherwise
 */
public record Spawned(RunView view, @Nullable String hookSecret) {}
