package dev.drover.core.computer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What is mounted where in an agent's home. Sources lie in folders that agents can write to, so a link may be put in
 * the way between our look and the mount; therefore the mounts are read back from inside before anything runs.
 *
 * @param binds by the path at which they are seen, in the order of their mounting; the home itself comes first
 */
public record HomeMounts(Layout layout, AgentFolder folder, SequencedMap<String, Bind> binds) {
    /** A file or folder of the host. */
    public record Bind(Path source, boolean writable) {}

    /** One line of what the shell sees: which part of its file system is mounted, where, and how. */
    private record Mount(String source, boolean writable) {}

    /** A home with nothing in it but the workspace. */
    public static HomeMounts of(Layout layout, AgentFolder folder) {
        SequencedMap<String, Bind> binds = new LinkedHashMap<>();
        binds.put(layout.home(), new Bind(folder.workspace(), !layout.readOnly()));
        return new HomeMounts(layout, folder, binds);
    }

    /** Adds what is seen at a path below the home, over whatever is there until now. */
    public void add(String path, Path source, boolean writable) {
        binds.putLast(layout.home() + "/" + path, new Bind(source, writable));
    }

    /** Refuses when the home is not made of just these mounts. */
    public void check(Map<String, String> measured) throws ComputerFailure {
        Map<String, Mount> found = found(measured);
        Mount home = found.get(layout.home());
        String own = "/" + folder.agent() + "/workspace";
        if (home == null || !home.source.endsWith(own)) {
            throw differs(layout.home(), "the workspace", String.valueOf(home));
        }
        String computers = home.source.substring(0, home.source.length() - own.length());
        for (Map.Entry<String, Bind> each : binds.entrySet()) {
            Path below = folder.root().resolveSibling("").relativize(each.getValue().source);
            Mount expected = new Mount(computers + "/" + below, each.getValue().writable);
            Mount actual = found.remove(each.getKey());
            if (!expected.equals(actual)) {
                throw differs(each.getKey(), expected.toString(), String.valueOf(actual));
            }
        }
        if (!found.isEmpty()) {
            throw differs(found.keySet().toString(), "nothing", "a mount");
        }
    }

    private static Map<String, Mount> found(Map<String, String> measured) throws ComputerFailure {
        Map<String, Mount> found = new HashMap<>();
        for (Map.Entry<String, String> fact : measured.entrySet()) {
            if (fact.getKey().startsWith("mount.")) {
                String[] words = fact.getValue().split(" ", -1);
                String point = plain(words[1]);
                boolean writable = List.of(words[2].split(",", -1)).contains("rw");
                if (found.put(point, new Mount(plain(words[0]), writable)) != null) {
                    throw differs(point, "one mount", "several");
                }
            }
        }
        return found;
    }

    /** The kernel writes a blank, a tab, a line's end and a backslash as three octal digits. */
    private static String plain(String word) {
        return word.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    private static ComputerFailure differs(String point, String expected, String actual) {
        return new ComputerFailure("the computer is not isolated as it must be: at " + point + " is " + actual
                + ", expected is " + expected);
    }
}
