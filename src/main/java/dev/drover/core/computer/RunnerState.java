package dev.drover.core.computer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What model runners keep for themselves in a home (Trinity contract, section 10). While the home can only be read it
 * lies beside the workspace, so that they work; when that is over it comes back. The files are the agent's, with links
 * as it likes them, so they are copied under its uid in a chamber that has nothing but these two folders.
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

    private final Chamber chamber;

    RunnerState(Chamber chamber) {
        this.chamber = chamber;
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
        chamber.run(home, script, arguments, Map.of("settings", String.join(" ", SETTINGS)));
    }
}
