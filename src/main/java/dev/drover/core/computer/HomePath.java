package dev.drover.core.computer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths from a home, by their words alone: what links there make of them only the workspace knows. */
public final class HomePath {
    private HomePath() {}

    /** Without dots and doubled slashes; empty for the home itself, and for what is absolute or leads out of it. */
    public static Optional<String> plain(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of(path.split("/"))) {
            if (part.equals("..") && parts.isEmpty()) {
                return Optional.empty();
            }
            if (part.equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return path.startsWith("/") || parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }
}
