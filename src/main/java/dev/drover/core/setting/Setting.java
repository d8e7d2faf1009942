package dev.drover.core.setting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the whole server.
 *
 * @param changedAt null while it is as it came
 */
public record Setting(String key, String value, @Nullable Instant changedAt) {}
