package dev.drover;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What files of agents' homes are sent, and what credentials are bundled with.
 *
 * @param bundleKey 64 hex characters; null for no bundles
 * @param largestDownload in bytes
 */
record FilesChoice(Settings.@Nullable Secret bundleKey, int largestDownload) {
    private static final int USUAL = 100 << 20;

    static FilesChoice read(Given given) {
        return new FilesChoice(
                given.text("CREDENTIAL_ENCRYPTION_KEY")
                        .map(Settings.Secret::new)
                        .orElse(null),
                given.within("MAX_DOWNLOAD_BYTES", 1, 999_999_999, USUAL));
    }

    void show(Map<String, String> shown) {
        shown.put("CREDENTIAL_ENCRYPTION_KEY", bundleKey == null ? "(none)" : bundleKey.toString());
        shown.put("MAX_DOWNLOAD_BYTES", String.valueOf(largestDownload));
    }
}
