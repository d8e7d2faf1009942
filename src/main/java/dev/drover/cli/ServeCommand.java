package dev.drover.cli;

import dev.drover.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

@Command(name = "serve", description = "Run the server in the foreground until Ctrl-C or TERM.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings around;
    private final Embedded embedded;
    private final SettingsFlags flags;

    ServeCommand(Surroundings around, Embedded embedded, SettingsFlags flags) {
        this.around = around;
        this.embedded = embedded;
        this.flags = flags;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.asJson(around.err());
        CountDownLatch end = new CountDownLatch(1);
        Signals.onFirst(code -> end.countDown());
        Settings settings = flags.read(around.environment());
        try (Hosted hosted = Hosted.start(embedded, settings)) {
            Embedded.Running running = hosted.running();
            hosted.newPassword().ifPresent(around.out()::println);
            around.out()
                    .println("Drover is ready at %s (model: %s; computers: %s; data: %s)"
                            .formatted(hosted.url(), running.model(), running.computers(), settings.data()));
            around.out().println("The console is at " + hosted.url() + "/console");
            end.await();
            running.drain();
        }
        return 0;
    }
}
