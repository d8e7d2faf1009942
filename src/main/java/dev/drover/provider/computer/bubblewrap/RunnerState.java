package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.FolderRemoval;
import dev.drover.core.computer.Holes;
import dev.drover.core.computer.Home;
import dev.drover.core.computer.Owner;
import dev.drover.core.computer.Uninterrupted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What model runners keep for themselves in a home (Trinity contract, section 10). While the home can only be read it
 * lies beside the workspace, so that they work; when that is over it comes back. The files are the agent's, with links
 * as it likes them, so they are copied under its uid in a computer that has nothing but these two folders.
 */
final class RunnerState {
    /** As in the scripts; those that come back are named there. */
    static final List<String> FOLDERS = List.of(".claude", ".codex", ".gemini", ".cache", ".local/state");

    private static final List<String> SETTINGS = List.of(
            ".claude/settings.json",
            ".claude/settings.local.json",
            ".claude/hooks/",
            ".codex/config.toml",
            ".gemini/settings.json");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String SETTINGS_ASIDE = """
            cd /state || exit 1
            for name in .claude .codex .gemini .cache .local/state; do
              if [ ! -e "$name" ]; then
                case $name in
                  .c[lo]*|.gemini) [ -d "/home/$name" ] && [ ! -L "/home/$name" ] && cp -a "/home/$name" . ;;
                esac
                mkdir -p "$name"
              fi
            done
            for name in $settings; do
              rm -rf "${name%/}"
              case $name in */) mkdir "$name" ;; *) : > "$name" ;; esac || exit 1
            done
            """;

    /** A file of two names could be written by the one although the other is closed. */
    private static final String HARD_LINKS_APART = """
            cd /home || exit 1
            for hole; do
              find "./$hole" -xdev -type d ! -perm -u+rwx -exec chmod u+rwx {} \\;
              find "./$hole" -xdev -type f -links +1 -exec sh -c 'for file; do
                  new=$(mktemp "$file.XXXXXX") && cp -p "$file" "$new" && mv -fT "$new" "$file" || exit 1
                done' apart {} + || exit 1
            done
            """;

    private static final String BACK_IN = """
            cd /state || exit 1
            for name in $settings; do rm -rf "${name%/}"; done
            for name in .claude .codex .gemini; do
              [ ! -L "/home/$name" ] && mkdir -p "/home/$name" && cp -a "$name/." "/home/$name/"
            done
            exit 0
            """;

    private final List<String> system;

    /** @param system arguments that bring the host's system in */
    RunnerState(List<String> system) {
        this.system = system;
    }

    static List<String> settingsIn(String folder) {
        return SETTINGS.stream()
                .filter(setting -> setting.startsWith(folder + "/"))
                .toList();
    }

    /** Puts it beside the workspace, unless it lies there; and sees that no hole leads to a file outside of it. */
    void apart(Home home, Holes holes) throws IOException {
        Path state = home.folder().state();
        if (Files.notExists(state)) {
            Files.createDirectory(state);
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
            home.owner().own(state);
        }
        List<String> paths = new ArrayList<>(holes.folders());
        paths.addAll(holes.files());
        run(home, SETTINGS_ASIDE + HARD_LINKS_APART, paths);
    }

    /** Puts it back into the workspace, if it is elsewhere. */
    void backIn(Home home) throws IOException {
        if (Files.exists(home.folder().state())) {
            run(home, BACK_IN, List.of());
            FolderRemoval.remove(home.folder().state());
        }
    }

    private void run(Home home, String script, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>();
        if (home.owner() instanceof Owner.Apart(int uid)) {
            line.addAll(List.of("setpriv", "--reuid", "" + uid, "--regid", "" + uid, "--clear-groups"));
        }
        line.addAll(List.of("bwrap", "--args", "0", "/bin/sh", "-c", script, "state"));
        line.addAll(arguments);
        List<String> mounts = new ArrayList<>(List.of("--unshare-all", "--unshare-user", "--die-with-parent"));
        mounts.addAll(List.of("--new-session", "--cap-drop", "ALL", "--clearenv"));
        mounts.addAll(List.of("--setenv", "PATH", BubblewrapCommand.PATH, "--setenv", "LANG", "C.UTF-8"));
        mounts.addAll(List.of("--setenv", "settings", String.join(" ", SETTINGS)));
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
