package dev.drover.cli;

import dev.drover.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that this process runs, made known to other commands as long as it does. */
final class Hosted implements AutoCloseable {
    private final Embedded.Running running;
    private final ServerFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Hosted(Embedded.Running running, ServerFile file) {
        this.running = running;
        this.file = file;
    }

    static Hosted start(Embedded embedded, Settings settings) {
        Hosted hosted = new Hosted(embedded.start(settings), new ServerFile(settings.data()));
        if (settings.databaseUrl() == null) {
            hosted.file.write(hosted.url());
        } else {
            hosted.file.writeBesideOthers(hosted.url());
        }
        // For an end that passes no catch and no finally, such as a terminal that is closed.
        Runtime.getRuntime().addShutdownHook(new Thread(hosted::close, "stop"));
        return hosted;
    }

    Embedded.Running running() {
        return running;
    }

    /** As clients on this machine reach it: "every address" is one to listen on, not one to call. */
    URI url() {
        return URI.create(
                running.url().toString().replaceFirst("//(0\\.0\\.0\\.0|\\[::]|\\[0:0:0:0:0:0:0:0])", "//127.0.0.1"));
    }

    /** What to tell on the first start, since nobody can tell it later. */
    Optional<String> newPassword() {
        return running.newPassword().map(password -> "Password of the user admin, shown this once: " + password);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            file.remove(url());
            running.close();
        }
    }
}
