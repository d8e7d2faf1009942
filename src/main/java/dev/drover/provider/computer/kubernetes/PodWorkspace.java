package dev.drover.provider.computer.kubernetes;

import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.WorkspaceQuota;
import dev.drover.core.computer.WriteRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Files on a volume that only a pod has: whatever is done with them is done by the pod. */
final class PodWorkspace implements Workspace {
    private static final String ALL = Integer.toString(200_000);
    private static final String DEEPEST = "100";
    private static final String PRIVATE = "600";
    private static final String PROGRAM = "755";

    private final PodFiles files;
    private final WorkspaceQuota quota;
    private final WriteRule rule;

    PodWorkspace(PodFiles files, WorkspaceQuota quota, WriteRule rule) {
        this.files = files;
        this.quota = quota;
        this.rule = rule;
    }

    @Override
    public Workspace guarded(WriteRule added) {
        return new PodWorkspace(files, quota, path -> {
            rule.judge(path);
            added.judge(path);
        });
    }

    /** Whether a link at the end of a path is followed, as the inside reads it. */
    private enum LastLink {
        FOLLOW(""),
        KEEP("1");

        final String word;

        LastLink(String word) {
            this.word = word;
        }
    }

    private PodFiles.Answer ask(String path, String wanted, String... words) throws PathRefused, IOException {
        return ask(InputStream.nullInputStream(), path, wanted, words);
    }

    /** @param wanted what is expected at the end of the path */
    private PodFiles.Answer ask(InputStream bytes, String path, String wanted, String... words)
            throws PathRefused, IOException {
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new PathRefused("path '" + path.replace("\0", "\\0") + "' is empty or has a NUL in it");
        }
        try {
            return files.ask(bytes, words);
        } catch (PodFiles.Refusal e) {
            if (e.kind().equals("refused")) {
                throw new PathRefused("path '" + path + "' leads outside of /workspace"
                        + (e.reason().isEmpty() ? "" : " (through '" + e.reason() + "')"));
            }
            if (e.kind().equals("kind")) {
                String is =
                        e.reason().equals("d") ? "a folder" : e.reason().equals("f") ? "a file" : "a pipe or device";
                throw new WrongKind("'" + path + "' is " + is + ", not " + wanted);
            }
            throw PodFiles.meaning(path, e);
        }
    }

    private static Stat stat(PodFiles.Answer answer) throws IOException {
        return new Stat(
                answer.word(1), answer.word(2).equals("d"), answer.number(3), Instant.ofEpochSecond(answer.number(4)));
    }

    @Override
    public Content read(String path, int limit) throws PathRefused, IOException {
        try (PodFiles.Answer answer =
                ask(path, "a file", "read", path, LastLink.FOLLOW.word, Integer.toString(limit))) {
            byte[] bytes = answer.rest().readNBytes((int) Math.min(limit, answer.number(3)));
            return new Content(bytes, answer.number(3));
        }
    }

    @Override
    public void read(String path, Reading reading) throws PathRefused, IOException {
        try (PodFiles.Answer answer =
                ask(path, "a file", "read", path, LastLink.KEEP.word, Long.toString(Long.MAX_VALUE))) {
            reading.read(answer.rest());
        }
    }

    @Override
    public Stat stat(String path) throws PathRefused, IOException {
        try (PodFiles.Answer answer = ask(path, "anything", "stat", path, LastLink.FOLLOW.word)) {
            return stat(answer);
        }
    }

    @Override
    public Opened open(String path) throws PathRefused, IOException {
        PodFiles.Answer answer = ask(path, "a file", "open", path);
        return new Opened(stat(answer), new PodFile(answer, answer.number(3)));
    }

    @Override
    public Listing list(String path, int limit) throws PathRefused, IOException {
        try (PodFiles.Answer answer =
                ask(path, "a folder", "list", path, LastLink.FOLLOW.word, "1", Integer.toString(1 << 30), "")) {
            List<Entry> entries = PodListing.read(answer).all().stream()
                    .map(found -> new Entry(found.path(), found.size(), found.isFolder()))
                    .sorted(Comparator.comparing(Entry::name))
                    .toList();
            boolean truncated = entries.size() > limit;
            return new Listing(truncated ? List.copyOf(entries.subList(0, limit)) : entries, truncated);
        }
    }

    @Override
    public List<Entry> find(String folder, Predicate<String> wanted, int most) throws IOException {
        try (PodFiles.Answer answer =
                ask(folder, "a folder", "list", folder, LastLink.KEEP.word, DEEPEST, Integer.toString(most), "")) {
            String prefix = folder.equals(".") ? "" : folder + "/";
            List<Entry> found = new ArrayList<>();
            PodListing.read(answer).visitFiles(file -> {
                if (wanted.test(prefix + file.path())) {
                    found.add(new Entry(prefix + file.path(), file.size(), false));
                }
            });
            return found;
        } catch (Missing | WrongKind e) {
            return List.of();
        } catch (PathRefused e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Tree tree(String path, Bounds bounds) throws PathRefused, IOException {
        // One level more than is wanted: whether there is more must be told where folders are left out for room.
        String depth = Integer.toString(Math.min(bounds.depth(), 100));
        try (PodFiles.Answer answer = ask(path, "a folder", "list", path, LastLink.FOLLOW.word, depth, ALL, "1")) {
            return PodListing.read(answer).tree(stat(answer), bounds);
        }
    }

    @Override
    public void write(String path, InputStream content, long size) throws PathRefused, IOException {
        write(path, content, size, "");
    }

    @Override
    public void writePrivate(String path, byte[] content) throws PathRefused, IOException {
        write(path, new ByteArrayInputStream(content), content.length, PRIVATE);
    }

    @Override
    public void writeProgram(String path, InputStream content, long size) throws PathRefused, IOException {
        write(path, content, size, PROGRAM);
    }

    private void write(String path, InputStream content, long size, String mode) throws PathRefused, IOException {
        quota.admit(size);
        String way = judged(path, LastLink.FOLLOW, "make");
        ask(content, path, "a file", "write", path, way, Long.toString(size), mode)
                .close();
    }

    /** Where a path really leads, when that may be changed; the work itself is done there and nowhere else. */
    private String judged(String path, LastLink link, String make) throws PathRefused, IOException {
        try (PodFiles.Answer answer = ask(path, "a file", "way", path, link.word, make)) {
            rule.judge(answer.word(1));
            return answer.word(1);
        }
    }

    @Override
    public void delete(String path) throws PathRefused, IOException {
        String way = judged(path, LastLink.KEEP, "");
        try {
            ask(path, "a file", "delete", path, way).close();
        } catch (WrongKind e) {
            throw new WrongKind("'" + path + "' is a folder; only files are deleted here (rmdir in the shell)");
        }
    }

    @Override
    public Removed remove(String path) throws PathRefused, IOException {
        String way = judged(path, LastLink.KEEP, "");
        if (way.equals(".")) {
            throw new WriteRefused("'" + path + "' is a folder that is needed: the home itself");
        }
        try (PodFiles.Answer answer = ask(path, "anything", "remove", path, way)) {
            return new Removed(way, answer.word(1).equals("d"), Math.toIntExact(answer.number(2)));
        }
    }

    /** How much they take; nothing is known of what cannot be reached. */
    static long used(PodFiles files) {
        try (PodFiles.Answer answer = files.ask("used")) {
            return answer.number(1);
        } catch (IOException e) {
            return 0;
        }
    }
}
