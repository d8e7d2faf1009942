package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Chamber;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A bubblewrap of one script's own.
 *
 * @param system arguments that bring the host's system in
 */
record BubblewrapChamber(List<String> system) implements Chamber {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public void run(Home home, String script, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> line = new ArrayList<>();
        if (home.owner() instanceof Owner.Apart(int uid)) {
            line.addAll(List.of("setpriv", "--reuid", "" + uid, "--regid", "" + uid, "--clear-groups"));
        }
        line.addAll(List.of("bwrap", "--args", "0", "/bin/sh", "-c", script, "state"));
        line.addAll(arguments);
        List<String> mounts = new ArrayList<>(List.of("--unshare-all", "--unshare-user", "--die-with-parent"));
        mounts.addAll(List.of("--new-session", "--cap-drop", "ALL", "--clearenv"));
        mounts.addAll(List.of("--setenv", "PATH", BubblewrapCommand.PATH, "--setenv", "LANG", "C.UTF-8"));
        environment.forEach((name, value) -> mounts.addAll(List.of("--setenv", name, value)));
        mounts.addAll(system);
        mounts.addAll(List.of("--bind", home.folder().workspace().toString(), "/home"));
        mounts.addAll(List.of("--bind", home.folder().state().toString(), "/state", "--remount-ro", "/"));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", BubblewrapCommand.PATH);
        Process process = SteadyThread.start(builder);
        try (OutputStream input = process.getOutputStream()) {
            input.write((String.join("\0", mounts) + "\0").getBytes(StandardCharsets.UTF_8));
        }
        Thread.startVirtualThread(() -> giveUp(process));
        String said = new String(process.getInputStream().readNBytes(2000), StandardCharsets.UTF_8).strip();
        Uninterrupted.await(PATIENCE, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
        if (process.isAlive() || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("the home could not be made read-only or writable: " + said);
        }
    }

    private static void giveUp(Process process) {
        if (!Uninterrupted.await(PATIENCE, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS))) {
            process.destroyForcibly();
        }
    }
}
