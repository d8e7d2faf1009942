package dev.drover.core.artifact;

import java.net.URLConnection;

/** Guesses by the name of a file what it is; the bytes are an agent's and prove nothing. */
final class MimeTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private MimeTypes() {}

    static String of(String path) {
        String known = URLConnection.getFileNameMap().getContentTypeFor(path.substring(path.lastIndexOf('/') + 1));
        return known == null ? UNKNOWN : known;
    }
}
