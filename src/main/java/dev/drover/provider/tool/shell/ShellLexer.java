package dev.drover.provider.tool.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a line as a POSIX shell does, as far as it takes to know which words stand in command position. */
final class ShellLexer {
    private static final Pattern FUNCTION_PARENTHESES = Pattern.compile("\\([ \\t]*\\)");
    private static final Pattern REDIRECT = Pattern.compile("[<>]+[&|-]?");
    private static final int DEEPEST = 50;

    /** Stands for what a substitution gives, which nobody knows before it ran. */
    private static final String UNKNOWN = "$()";

    private final String text;
    private final int depth;
    private final List<ShellScript.Command> commands;
    private final Set<String> functions;
    private final StringBuilder word = new StringBuilder();
    private final Deque<String> hereDocuments = new ArrayDeque<>();
    private List<String> words = new ArrayList<>();
    private boolean inWord;
    private Next next = Next.WORD;
    private int at;

    private ShellLexer(String text, int at, int depth, ShellScript into) {
        this.text = text;
        this.at = at;
        this.depth = depth;
        this.commands = into.commands();
        this.functions = into.functions();
    }

    static ShellScript read(String line) {
        ShellScript script = new ShellScript(new ArrayList<>(), new HashSet<>());
        new ShellLexer(line, 0, 0, script).run(false);
        return script;
    }

    /** Reads to the end, or behind the parenthesis that closes a substitution. */
    private int run(boolean nested) {
        int open = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == ')' && open == 0 && nested) {
                endCommand(")");
                return at + 1;
            }
            switch (character) {
                case '(' -> open += parenthesis();
                case ')' -> open = closing(open);
                case '\n' -> newline();
                case ';', '&', '|' -> operator(character);
                case '<', '>' -> redirect();
                case ' ', '\t', '\r' -> blank();
                case '#' -> hash();
                default -> part(character);
            }
        }
        endCommand("");
        return at;
    }

    private void part(char character) {
        inWord = true;
        switch (character) {
            case '\\' -> escaped();
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '$' -> dollar();
            case '`' -> backtick();
            default -> take(1);
        }
    }

    private void take(int count) {
        word.append(text, at, Math.min(text.length(), at + count));
        at += count;
    }

    private void escaped() {
        boolean joinsLines = text.startsWith("\n", at + 1);
        at++;
        if (joinsLines) {
            at++;
        } else {
            take(1);
        }
    }

    private void singleQuoted() {
        int close = end('\'', at + 1);
        word.append(text, at + 1, close);
        at = close + 1;
    }

    private void doubleQuoted() {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            switch (text.charAt(at)) {
                case '\\' -> escaped();
                case '$' -> dollar();
                case '`' -> backtick();
                default -> take(1);
            }
        }
        at++;
    }

    private void dollar() {
        if (text.startsWith("$(", at) && depth < DEEPEST) {
            substitution(at + 2);
        } else if (text.startsWith("${", at)) {
            take(end('}', at) + 1 - at);
        } else {
            take(1);
        }
    }

    private void substitution(int from) {
        at = new ShellLexer(text, from, depth + 1, new ShellScript(commands, functions)).run(true);
        word.append(UNKNOWN);
    }

    private void backtick() {
        int close = at + 1;
        while (close < text.length() && text.charAt(close) != '`') {
            close += text.charAt(close) == '\\' ? 2 : 1;
        }
        String inner = text.substring(at + 1, Math.min(close, text.length())).replace("\\`", "`");
        if (depth < DEEPEST) {
            new ShellLexer(inner, 0, depth + 1, new ShellScript(commands, functions)).run(false);
        }
        word.append(UNKNOWN);
        at = close + 1;
    }

    private int parenthesis() {
        Matcher function = FUNCTION_PARENTHESES.matcher(text).region(at, text.length());
        if (function.lookingAt()) {
            endWord();
            if (!words.isEmpty()) {
                functions.add(words.getLast());
            }
            words = new ArrayList<>();
            at = function.end();
            return 0;
        }
        endCommand("(");
        at++;
        return 1;
    }

    /** Without an open parenthesis it closes the pattern of a case, which is no command. */
    private int closing(int open) {
        if (open == 0) {
            endWord();
            words = new ArrayList<>();
        } else {
            endCommand(")");
        }
        at++;
        return Math.max(0, open - 1);
    }

    private void operator(char character) {
        boolean twice = text.startsWith(String.valueOf(character).repeat(2), at);
        endCommand(text.substring(at, at + (twice ? 2 : 1)));
        at += twice ? 2 : 1;
    }

    private void newline() {
        endCommand("\n");
        at++;
        while (!hereDocuments.isEmpty() && at < text.length()) {
            int close = end('\n', at);
            if (text.substring(at, close).strip().equals(hereDocuments.getFirst())) {
                hereDocuments.removeFirst();
            }
            at = Math.min(close + 1, text.length());
        }
    }

    private void redirect() {
        if (inWord && word.chars().allMatch(Character::isDigit)) {
            word.setLength(0);
            inWord = false;
        }
        endWord();
        Matcher operator = REDIRECT.matcher(text).region(at, text.length());
        String written = operator.lookingAt() ? operator.group() : text.substring(at, at + 1);
        at += written.length();
        if (text.startsWith("(", at) && depth < DEEPEST) {
            substitution(at + 1);
            inWord = true;
        } else {
            next = written.equals("<<") || written.equals("<<-") ? Next.HERE_DOCUMENT : Next.FILE;
        }
    }

    private void blank() {
        endWord();
        at++;
    }

    private void hash() {
        if (inWord) {
            take(1);
        } else {
            at = end('\n', at);
        }
    }

    private int end(char closer, int from) {
        int close = text.indexOf(closer, from);
        return close < 0 ? text.length() : close;
    }

    private void endWord() {
        if (inWord) {
            switch (next) {
                case WORD -> words.add(word.toString());
                case FILE -> {}
                case HERE_DOCUMENT -> hereDocuments.add(word.toString());
            }
            next = Next.WORD;
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand(String operator) {
        endWord();
        if (!words.isEmpty()) {
            commands.add(new ShellScript.Command(List.copyOf(words), operator));
        }
        words = new ArrayList<>();
        next = Next.WORD;
    }

    /** What the next word is for. */
    private enum Next {
        WORD,
        FILE,
        HERE_DOCUMENT
    }
}
