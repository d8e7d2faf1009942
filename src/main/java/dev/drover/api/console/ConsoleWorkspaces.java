package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.BoundedChannel;
import dev.drover.api.http.ByteRange;
import dev.drover.api.http.Call;
import dev.drover.api.http.Disposition;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.computer.Workspace;
import dev.drover.core.terminal.Visits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files in computers that are on, to be looked at: those that agents keep, and those of runs under way. */
public final class ConsoleWorkspaces {
    private static final int MOST_ENTRIES = 10_000;
    private static final long LARGEST_UPLOAD = 10L << 20;
    private static final String BYTES = "application/octet-stream";

    private final Visits visits;

    public ConsoleWorkspaces(Visits visits) {
        this.visits = visits;
    }

    public Operation list() {
        return Operation.of("List a folder in the computer of an agent that is on, at most 10,000 entries", this::list)
                .query("path", String.class, "The folder, from the workspace; the workspace when left out")
                .query("hidden", Boolean.class, "Whether names that begin with a dot are shown; false")
                .answers(200, Folder.class)
                .refuses(400, 403, 404, 409);
    }

    private Answer list(Call call) {
        String folder = path(call);
        boolean hidden = "true".equals(call.query("hidden"));
        Workspace workspace = visits.workspace(call.caller(), call.path("id"));
        return with(
                folder,
                () -> Answer.ok(Folder.of(workspace.tree(folder, new Workspace.Bounds(hidden, 1, MOST_ENTRIES)))));
    }

    public Operation content() {
        return Operation.of("Read a file in the computer of an agent that is on, or a range of it", this::content)
                .query("path", String.class, "The file, from the workspace")
                .header("Range", String.class, "One range of bytes, as bytes=0-499")
                .answersType(200, BYTES)
                .answersType(206, BYTES)
                .refuses(400, 403, 404, 409, 416);
    }

    private Answer content(Call call) {
        String file = path(call);
        Workspace workspace = visits.workspace(call.caller(), call.path("id"));
        return with(file, () -> {
            Workspace.Opened opened = workspace.open(file);
            try {
                return answer(opened, call);
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        });
    }

    private static Answer answer(Workspace.Opened opened, Call call) throws IOException {
        Workspace.Stat stat = opened.stat();
        String wanted = call.header("If-Range") == null ? call.header("Range") : null;
        ByteRange range = ByteRange.of(wanted, stat.size());
        if (range.isOutside()) {
            throw new Rejected(
                    new Rejection.Malformed(416, "The file has " + stat.size() + " bytes, and none in that range"));
        }
        Answer answer = Answer.download(
                        range.isWhole() ? 200 : 206,
                        BYTES,
                        range.length(),
                        // It may have grown since: what was promised is sent, and no more.
                        () -> new BoundedChannel(opened.bytes(), range.from(), range.length()))
                .with("Accept-Ranges", "bytes")
                .with("X-Content-Type-Options", "nosniff")
                .with("Content-Disposition", Disposition.attachment(stat.name()));
        return range.isWhole() ? answer : answer.with("Content-Range", range.header(stat.size()));
    }

    public Operation put() {
        return Operation.of(
                        "Write a file, whatever its bytes, in the home of an agent that keeps its computer", this::put)
                .query("path", String.class, "The file, from the home; folders above it are made")
                .takes(String.class, BYTES, LARGEST_UPLOAD)
                .answers(200, Entry.class)
                .refuses(400, 403, 404, 409, 413);
    }

    private Answer put(Call call) {
        String file = path(call);
        Workspace home = visits.home(call.caller(), call.path("id"));
        byte[] bytes = call.body();
        return with(file, () -> {
            home.write(file, bytes);
            return Answer.ok(Entry.of(home.stat(file)));
        });
    }

    private static String path(Call call) {
        String path = call.query("path");
        return path == null || path.isEmpty() ? "." : path;
    }

    /** Something asked of files. */
    @FunctionalInterface
    private interface Work {
        Answer done() throws Workspace.PathRefused, IOException;
    }

    private static Answer with(String path, Work work) {
        try {
            return work.done();
        } catch (Workspace.PathRefused e) {
            throw new Refused(new Problem.Forbidden("the path '" + path + "', which leads out of the workspace"));
        } catch (Workspace.WriteRefused e) {
            throw new Refused(new Problem.Unacceptable(String.valueOf(e.getMessage())));
        } catch (Workspace.Missing e) {
            throw new Refused(new Problem.NotFound(Problem.Thing.FILE, path));
        } catch (IOException e) {
            throw new Refused(new Problem.Unacceptable(String.valueOf(e.getMessage())));
        }
    }

    /**
     * A folder.
     *
     * @param path from the workspace; a dot for the workspace itself
     * @param truncated whether there are more entries than are shown
     */
    record Folder(String path, List<Entry> entries, boolean truncated) {
        static Folder of(Workspace.Tree tree) {
            return new Folder(
                    tree.stat().path(), tree.children().stream().map(Entry::of).toList(), tree.truncated());
        }
    }

    /** One entry of a folder; folders have no size. */
    record Entry(
            String name, String path, String type, @Nullable Long size, Instant modified) {
        static Entry of(Workspace.Stat stat) {
            return new Entry(stat.name(), stat.path(), "file", stat.size(), stat.modified());
        }

        static Entry of(Workspace.Node node) {
            return new Entry(
                    node.name(),
                    node.path(),
                    node.folder() ? "folder" : "file",
                    node.folder() ? null : node.size(),
                    node.modified());
        }
    }
}
