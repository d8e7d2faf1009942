package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a pod told of a folder, nearer entries first.
 *
 * @param more whether it left something out
 */
record PodListing(List<Found> all, boolean more) {
    private static final int LONGEST = 64 << 20;
    private static final Comparator<Found> ORDER = Comparator.comparing((Found found) -> !found.isFolder())
            .thenComparing(found -> found.name().toLowerCase(Locale.ROOT))
            .thenComparing(Found::name);

    /**
     * One entry.
     *
     * @param kind d for a folder, f for a file, in capitals what a link leads to; l and p for other links and things
     * @param path from the folder that was listed
     */
    record Found(char kind, long size, Instant modified, String path) {
        boolean isFolder() {
            return kind == 'd' || kind == 'D';
        }

        boolean isFile() {
            return kind == 'f';
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String parent() {
            return path.substring(0, path.lastIndexOf('/') + 1);
        }

        boolean isShown(boolean hidden) {
            return "dfDF".indexOf(kind) >= 0 && (hidden || !name().startsWith("."));
        }
    }

    static PodListing read(PodFiles.Answer answer) throws IOException {
        List<Found> all = new ArrayList<>();
        boolean more = false;
        for (String entry : entries(answer.rest())) {
            String[] words = entry.split(" ", 4);
            if (words[0].equals("more")) {
                more = true;
            } else if (words.length == 4 && words[0].length() == 1) {
                all.add(new Found(
                        words[0].charAt(0), number(words[1]), Instant.ofEpochSecond(number(words[2])), words[3]));
            }
        }
        return new PodListing(all, more);
    }

    private static List<String> entries(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(LONGEST);
        List<String> entries = new ArrayList<>();
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        for (byte octet : bytes) {
            if (octet == 0) {
                entries.add(entry.toString(StandardCharsets.UTF_8));
                entry.reset();
            } else {
                entry.write(octet);
            }
        }
        return entries;
    }

    private static long number(String word) throws IOException {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IOException("the computer told '" + word + "' of a file, a number was expected", e);
        }
    }

    private Map<String, List<Found>> byFolder() {
        Map<String, List<Found>> folders = new HashMap<>();
        all.forEach(found ->
                folders.computeIfAbsent(found.parent(), _ -> new ArrayList<>()).add(found));
        return folders;
    }

    /** Shows each file, sorted within its folder, folders entered where they stand. */
    void visitFiles(Consumer<Found> visitor) {
        visit(byFolder(), "", visitor);
    }

    private static void visit(Map<String, List<Found>> folders, String folder, Consumer<Found> visitor) {
        List<Found> entries = new ArrayList<>(folders.getOrDefault(folder, List.of()));
        entries.sort(Comparator.comparing(Found::name));
        for (Found entry : entries) {
            if (entry.kind == 'd') {
                visit(folders, entry.path + "/", visitor);
            } else if (entry.isFile()) {
                visitor.accept(entry);
            }
        }
    }

    Workspace.Tree tree(Workspace.Stat stat, Workspace.Bounds bounds) {
        Planting planting = new Planting(byFolder(), bounds, stat.path().equals(".") ? "" : stat.path() + "/");
        List<Workspace.Node> children = planting.nodes("", 1);
        return new Workspace.Tree(stat, children, more || planting.truncated);
    }

    /** A tree that grows within bounds: a folder's own entries take their places before what is further down. */
    private static final class Planting {
        private final Map<String, List<Found>> folders;
        private final Workspace.Bounds bounds;
        private final String prefix;
        private int room;
        private boolean truncated;

        Planting(Map<String, List<Found>> folders, Workspace.Bounds bounds, String prefix) {
            this.folders = folders;
            this.bounds = bounds;
            this.prefix = prefix;
            this.room = bounds.entries();
        }

        List<Workspace.Node> nodes(String folder, int depth) {
            List<Found> found = new ArrayList<>(folders.getOrDefault(folder, List.of()).stream()
                    .filter(each -> each.isShown(bounds.hidden()))
                    .sorted(ORDER)
                    .toList());
            if (found.size() > room) {
                truncated = true;
                found = found.subList(0, room);
            }
            room -= found.size();
            List<Workspace.Node> nodes = new ArrayList<>(found.size());
            for (Found each : found) {
                List<Workspace.Node> children = each.kind == 'd' ? children(each, depth) : List.of();
                nodes.add(new Workspace.Node(
                        each.name(), prefix + each.path, each.isFolder(), each.size, each.modified, children));
            }
            return nodes;
        }

        private List<Workspace.Node> children(Found folder, int depth) {
            if (depth >= bounds.depth()) {
                return List.of();
            }
            if (room <= 0) {
                truncated = true;
                return List.of();
            }
            return nodes(folder.path + "/", depth + 1);
        }
    }
}
