package dev.drover.core.run;

import dev.drover.core.Refused;
import dev.drover.core.id.ArtifactId;
import java.util.List;

/** A file that lies in the workspace before the model is first asked. */
public record RunFile(String path, Source source) {
    public RunFile {
        String inside = path.startsWith("/workspace/") ? path.substring("/workspace/".length()) : path;
        Refused.when(
                path.isEmpty() || path.indexOf('\0') >= 0,
                "files",
                "has the path '" + path.replace("\0", "\\0") + "', which is empty or has a NUL in it");
        Refused.when(
                inside.startsWith("/") || leavesOrIsRoot(inside),
                "files",
                "has the path '" + path + "', which is no file below /workspace");
    }

    /** Where its bytes come from. */
    public sealed interface Source {
        /** From the caller; whoever makes it lets go of the array. */
        @SuppressWarnings("ArrayRecordComponent") // Carried from the request to the database and never compared.
        record Given(byte[] bytes) implements Source {}

        /** From what an earlier agent of the same user left. */
        record Kept(ArtifactId artifact) implements Source {}
    }

    private static boolean leavesOrIsRoot(String path) {
        int depth = 0;
        for (String part : List.of(path.split("/"))) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return depth == 0 || path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    }
}
