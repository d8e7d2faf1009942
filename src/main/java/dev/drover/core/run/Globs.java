package dev.drover.core.run;

import dev.drover.core.Refused;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Patterns of files under {@code /workspace}, as {@code out/*.csv} or {@code **}{@code /report.md}. */
final class Globs {
    private static final int LONGEST = 1_000;

    private Globs() {}

    static void check(String glob) {
        Refused.when(glob.isBlank() || glob.length() > LONGEST, "artifacts", "has a pattern that is blank or too long");
        Refused.when(glob.indexOf('\0') >= 0, "artifacts", "must not contain the NUL character");
        String relative = relative(glob);
        Refused.when(
                relative.isEmpty()
                        || relative.startsWith("/")
                        || List.of(relative.split("/")).contains(".."),
                "artifacts",
                "has '" + glob + "', which leads outside of /workspace");
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + relative);
        } catch (PatternSyntaxException e) {
            throw Refused.invalid("artifacts", "has '" + glob + "', which is no glob: " + e.getDescription());
        }
    }

    /** The pattern seen from the workspace. */
    static String relative(String glob) {
        return glob.startsWith("/workspace/") ? glob.substring("/workspace/".length()) : glob;
    }
}
