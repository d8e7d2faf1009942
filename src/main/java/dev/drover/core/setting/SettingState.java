package dev.drover.core.setting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a setting stands.
 *
 * @param known null for one that clients keep here and that means nothing to this server
 * @param value null for what means nothing here, since it may be a secret
 * @param changedAt null while it is as it came
 */
public record SettingState(
        String key,
        @Nullable KnownSetting known,
        @Nullable String value,
        @Nullable Instant changedAt) {}
