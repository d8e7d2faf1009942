package dev.drover.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the bench works: a folder of its own, the stand-in model and the servers, all gone at the end. */
final class Site implements AutoCloseable {
    /** Of the user's environment only what a start needs: no key or setting of theirs may change what is measured. */
    private static final Set<String> KEPT =
            Set.of("PATH", "TMPDIR", "LANG", "LC_ALL", "JAVA_HOME", "DROVER_JAVA_HOME", "DROVER_JAVA_OPTS");

    private static final int WARMERS = 6;

    private final Path launcher;
    private final boolean quick;
    private final Laboratory laboratory;
    private final Path folder;
    private final StandInModel model;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private int folders;
    private @Nullable Server shared;
    private boolean closed;

    private Site(Path launcher, boolean quick, Laboratory laboratory, Path folder, StandInModel model) {
        this.launcher = launcher;
        this.quick = quick;
        this.laboratory = laboratory;
        this.folder = folder;
        this.model = model;
    }

    static Site open(Path launcher, boolean quick, Laboratory laboratory) throws IOException, InterruptedException {
        // The database and the agents run as other users, who must get through.
        Path folder = Files.createTempDirectory(
                "drover-bench-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        StandInModel model = StandInModel.start();
        Server.isHealthy(model.url());
        return new Site(launcher, quick, laboratory, folder, model);
    }

    StandInModel model() {
        return model;
    }

    Laboratory laboratory() {
        return laboratory;
    }

    /** How many repeats, or how much of something: the first, or the second when the user is in a hurry. */
    int choose(int usual, int whenQuick) {
        return quick ? whenQuick : usual;
    }

    /** The server on which figures are measured that need nothing special: with real isolation. */
    Server shared() throws IOException, InterruptedException {
        Server server = shared;
        if (server == null) {
            server = server("bubblewrap");
            shared = server;
        }
        return server;
    }

    /**
     * Lets a server do what will be timed until the JVM has compiled it, several at once to be sooner done.
     *
     * @param runs how many; a quarter of them when the user is in a hurry
     */
    void warmUp(Server server, int runs, Script script) throws IOException, InterruptedException {
        Client client = server.client();
        Together.on(WARMERS, choose(runs, runs / 4), run -> {
            client.finish(client.spawn(script(script.run() + "w" + run, script.turns(), script.tool())));
            return true;
        });
    }

    static Script script(String run, int turns, Script.Tool tool) {
        return new Script(run, turns, tool, 0, false);
    }

    /** A new server on a new data folder, with computers of that kind. */
    Server server(String computers) throws IOException, InterruptedException {
        return start(newFolder(), computers, List.of());
    }

    /** A server on a data folder, started by the words given. */
    Server start(Path data, String computers, List<String> through) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(through);
        words.addAll(List.of(launcher.toString(), "serve", "--port", "0", "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().retainAll(KEPT);
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        folder.toString(),
                        "DROVER_INSTALL",
                        "never",
                        "DROVER_MODEL",
                        "openai/bench",
                        "OPENAI_BASE_URL",
                        model.url() + "/v1",
                        "DROVER_COMPUTERS",
                        computers));
        return with(Server.start(builder, data, folder.resolve(data.getFileName() + ".log")));
    }

    synchronized Path newFolder() {
        return folder.resolve("data-" + ++folders);
    }

    /** Remembers it, to be closed at the end if nobody does so before. */
    synchronized <T extends AutoCloseable> T with(T thing) throws IOException {
        if (closed) {
            shut(thing);
            throw new IOException("the bench was ended");
        }
        open.push(thing);
        return thing;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Also called when the process ends early; whatever still works on a figure then fails. */
    @Override
    public void close() {
        List<AutoCloseable> rest;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            rest = List.copyOf(open);
        }
        rest.forEach(Site::shut);
        model.close();
        delete(folder);
    }

    private static void shut(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            throw new IllegalStateException("something of the bench does not end", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bench could not remove its folder " + folder, e);
        }
    }
}
