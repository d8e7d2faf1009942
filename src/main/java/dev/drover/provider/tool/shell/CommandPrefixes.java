package dev.drover.provider.tool.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand before the word that names the command: assignments, reserved words, commands that run others. */
final class CommandPrefixes {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=.*", Pattern.DOTALL);
    private static final Set<String> RESERVED =
            Set.of("{", "}", "!", "if", "then", "elif", "else", "while", "until", "do");

    /** Each with its options that take the next word as their argument. */
    private static final Map<String, Set<String>> RUNNERS = Map.ofEntries(
            Map.entry("sudo", Set.of("-u", "-g", "-p", "-C", "-D", "-h", "-r", "-t", "-T", "-U", "-R", "--user")),
            Map.entry("doas", Set.of("-u", "-C")),
            Map.entry("env", Set.of("-u", "-C", "--unset", "--chdir")),
            Map.entry("nohup", Set.of()),
            Map.entry("time", Set.of("-o", "-f")),
            Map.entry("exec", Set.of("-a")),
            Map.entry("command", Set.of()),
            Map.entry("builtin", Set.of()),
            Map.entry("setsid", Set.of()),
            Map.entry("busybox", Set.of()),
            Map.entry("nice", Set.of("-n", "--adjustment")),
            Map.entry("timeout", Set.of("-s", "-k", "--signal", "--kill-after")),
            Map.entry("xargs", Set.of("-n", "-I", "-P", "-L", "-d", "-a", "-E", "-s")));

    private CommandPrefixes() {}

    /** The words from the one that names the command; empty when nothing is run. */
    static List<String> strip(List<String> words) {
        List<String> rest = words;
        while (!rest.isEmpty()) {
            String first = rest.getFirst();
            Set<String> withArgument = RUNNERS.get(name(first));
            if (RESERVED.contains(first) || ASSIGNMENT.matcher(first).matches()) {
                rest = rest.subList(1, rest.size());
            } else if (withArgument != null) {
                rest = behindOptions(name(first), rest.subList(1, rest.size()), withArgument);
            } else {
                return rest;
            }
        }
        return rest;
    }

    /** The command's name without its folder. */
    static String name(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static List<String> behindOptions(String runner, List<String> words, Set<String> withArgument) {
        List<String> rest = words;
        while (!rest.isEmpty() && rest.getFirst().startsWith("-")) {
            String option = rest.getFirst();
            if (runner.equals("command") && (option.equals("-v") || option.equals("-V"))) {
                return List.of();
            }
            int taken = withArgument.contains(option) ? 2 : 1;
            rest = rest.subList(Math.min(taken, rest.size()), rest.size());
        }
        boolean hasDuration = runner.equals("timeout") && !rest.isEmpty();
        return hasDuration ? rest.subList(1, rest.size()) : rest;
    }
}
