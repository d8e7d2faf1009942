package dev.drover.provider.tool.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The few commands that nobody means honestly. Deliberately narrow: the computer's isolation is the wall, this is the
 * sign on it, so what is in doubt passes.
 */
final class ShellGuard {
    private static final Set<String> POWER = Set.of("shutdown", "reboot", "halt", "poweroff");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash");
    private static final Pattern RECURSIVE = Pattern.compile("-[A-Za-z]*[rR][A-Za-z]*|--recursive");
    private static final Pattern WITH_SCRIPT = Pattern.compile("-[A-Za-z]*c[A-Za-z]*");
    private static final Pattern ANYTHING = Pattern.compile("[.*?]+");
    private static final Pattern HARMLESS_DEVICE =
            Pattern.compile("dev/(null|zero|full|tty|stdout|stderr|(fd|shm|pts)/.*)");
    private static final int DEEPEST = 20;

    private ShellGuard() {}

    /** The blocked pattern that one of the line's commands matches. */
    static Optional<String> blocked(String line) {
        return blocked(line, 0);
    }

    private static Optional<String> blocked(String line, int depth) {
        ShellScript script = ShellLexer.read(line);
        if (isForkBomb(script)) {
            return Optional.of("a fork bomb");
        }
        return script.commands().stream()
                .map(command -> CommandPrefixes.strip(command.words()))
                .filter(words -> !words.isEmpty())
                .flatMap(words -> blocked(words, depth).stream())
                .findFirst();
    }

    private static Optional<String> blocked(List<String> words, int depth) {
        String name = CommandPrefixes.name(words.getFirst());
        List<String> arguments = words.subList(1, words.size());
        if (POWER.contains(name)) {
            return Optional.of(name);
        }
        if (name.equals("mkfs") || name.startsWith("mkfs.")) {
            return Optional.of(name + ", which makes a file system");
        }
        if (name.equals("dd") && arguments.stream().anyMatch(ShellGuard::writesToDevice)) {
            return Optional.of("dd writing to a device");
        }
        if (name.equals("rm") && deletesRoot(arguments)) {
            return Optional.of("recursive delete of root (rm -rf /)");
        }
        return depth < DEEPEST ? script(name, arguments).flatMap(inner -> blocked(inner, depth + 1)) : Optional.empty();
    }

    /** A function that pipes itself into itself. */
    private static boolean isForkBomb(ShellScript script) {
        String piped = null;
        for (ShellScript.Command command : script.commands()) {
            List<String> words = CommandPrefixes.strip(command.words());
            String first = words.isEmpty() ? "" : words.getFirst();
            if (first.equals(piped)) {
                return true;
            }
            piped = command.end().equals("|") && script.functions().contains(first) ? first : null;
        }
        return false;
    }

    private static boolean writesToDevice(String argument) {
        if (!argument.startsWith("of=/")) {
            return false;
        }
        String path = String.join("/", segments(argument.substring(3)));
        return path.startsWith("dev/") && !HARMLESS_DEVICE.matcher(path).matches();
    }

    private static boolean deletesRoot(List<String> arguments) {
        int endOfOptions = arguments.indexOf("--");
        List<String> options = endOfOptions < 0 ? arguments : arguments.subList(0, endOfOptions);
        return options.stream().anyMatch(option -> RECURSIVE.matcher(option).matches())
                && arguments.stream().anyMatch(ShellGuard::isRoot);
    }

    private static boolean isRoot(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        Deque<String> segments = segments(path);
        return segments.isEmpty()
                || (segments.size() == 1
                        && ANYTHING.matcher(segments.getFirst()).matches());
    }

    private static Deque<String> segments(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return segments;
    }

    /** The script that a command hands to a shell as an argument. */
    private static Optional<String> script(String name, List<String> arguments) {
        if (name.equals("eval")) {
            return Optional.of(String.join(" ", arguments));
        }
        if (name.equals("su")) {
            int option = arguments.indexOf("-c");
            return option < 0
                    ? Optional.empty()
                    : arguments.stream().skip(option + 1L).findFirst();
        }
        return SHELLS.contains(name) ? scriptOfShell(arguments) : Optional.empty();
    }

    private static Optional<String> scriptOfShell(List<String> arguments) {
        boolean given = false;
        boolean skipped = false;
        for (String argument : arguments) {
            if (skipped) {
                skipped = false;
            } else if (argument.startsWith("-") || argument.startsWith("+")) {
                given |= WITH_SCRIPT.matcher(argument).matches();
                skipped = argument.equals("-o") || argument.equals("+o") || argument.equals("-O");
            } else {
                return given ? Optional.of(argument) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
