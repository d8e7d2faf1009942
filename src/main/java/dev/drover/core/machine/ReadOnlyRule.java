package dev.drover.core.machine;

import dev.drover.core.computer.Glob;
import dev.drover.core.computer.HomePath;
import dev.drover.core.computer.Workspace;
import dev.drover.core.computer.WriteRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an agent may write while it is read-only: what an allowed pattern matches, by its path from the home or by its
 * name, and nothing else (Trinity contract, section 10). The blocked patterns only word refusals.
 */
public final class ReadOnlyRule implements WriteRule {
    /** Each file that stays writable is a mount of its own, and a computer with thousands of those opens slowly. */
    private static final int MOST_FILES = 500;

    private static final int MOST_LOOKS = 50_000;
    private static final Pattern WHOLE_FOLDER = Pattern.compile("([^*?\\[]+)/\\*+");

    private final MachineSettings.ReadOnly patterns;

    public ReadOnlyRule(MachineSettings.ReadOnly patterns) {
        this.patterns = patterns;
    }

    /** The rule in force; one that allows everything when the machine is not read-only. */
    public static WriteRule of(MachineSettings settings) {
        return settings.readOnly() ? new ReadOnlyRule(settings.rules()) : ALL;
    }

    @Override
    public void judge(String path) throws Workspace.WriteRefused {
        if (!allows(path)) {
            throw new Workspace.WriteRefused("'" + path + "' cannot be changed: the agent is read-only"
                    + blocked(path) + "; what may be written is "
                    + (patterns.allowed().isEmpty() ? "nothing" : String.join(", ", patterns.allowed())));
        }
    }

    /** Whether a path from the home may be written; one that leads out of it never. */
    public boolean allows(String path) {
        return HomePath.plain(path)
                .filter(plain -> first(patterns.allowed(), plain) != null)
                .isPresent();
    }

    /**
     * What can be written from inside: folders, which end with a slash, whether they are there or not, and files that
     * are there now, as {@link dev.drover.core.computer.Layout#readOnly} takes them.
     */
    public List<String> writable(Optional<Workspace> workspace) throws IOException {
        Set<String> folders = new LinkedHashSet<>();
        for (String pattern : patterns.allowed()) {
            Matcher whole = WHOLE_FOLDER.matcher(pattern);
            if (whole.matches()) {
                HomePath.plain(whole.group(1)).ifPresent(folder -> folders.add(folder + "/"));
            }
        }
        List<String> writable = new ArrayList<>(folders);
        if (workspace.isPresent()) {
            Predicate<String> wanted = path -> allows(path) && folders.stream().noneMatch(path::startsWith);
            workspace.get().find(".", wanted, MOST_LOOKS).stream()
                    .limit(MOST_FILES)
                    .forEach(file -> writable.add(file.name()));
        }
        return writable;
    }

    private String blocked(String path) {
        String pattern = first(patterns.blocked(), path);
        return pattern == null ? "" : " and " + pattern + " is blocked";
    }

    private static @Nullable String first(List<String> patterns, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (String pattern : patterns) {
            Glob glob = new Glob(pattern);
            if (glob.matches(path) || glob.matches(name)) {
                return pattern;
            }
        }
        return null;
    }
}
