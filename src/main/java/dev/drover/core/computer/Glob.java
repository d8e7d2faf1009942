package dev.drover.core.computer;

/**
 * A pattern of paths as shells know it: {@code *} for anything, slashes too, {@code ?} for one character, {@code [a-z]}
 * and {@code [!a-z]} for one of a kind. It takes time in proportion to pattern and path, whatever they are.
 */
public final class Glob {
    private final String pattern;

    public Glob(String pattern) {
        this.pattern = pattern;
    }

    public boolean matches(String text) {
        int at = 0;
        int part = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            int next = part < pattern.length() ? pattern.charAt(part) == '*' ? part : step(part, text.charAt(at)) : -1;
            if (next == part) {
                star = part++;
                resume = at;
            } else if (next > 0) {
                part = next;
                at++;
            } else if (star >= 0) {
                // Only the last star needs another try: what an earlier one would take, that one takes as well.
                part = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(part).chars().allMatch(rest -> rest == '*');
    }

    /** Where the pattern goes on when its part here takes the character; -1 when it does not. */
    private int step(int part, char character) {
        char here = pattern.charAt(part);
        int end = here == '[' ? pattern.indexOf(']', part + 2) : -1;
        if (end > 0) {
            return isAmong(pattern.substring(part + 1, end), character) ? end + 1 : -1;
        }
        return here == '?' || here == character ? part + 1 : -1;
    }

    private static boolean isAmong(String set, char character) {
        boolean inverse = set.startsWith("!") && set.length() > 1;
        boolean found = false;
        for (int i = inverse ? 1 : 0; i < set.length(); i++) {
            if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
                found |= set.charAt(i) <= character && character <= set.charAt(i + 2);
                i += 2;
            } else {
                found |= set.charAt(i) == character;
            }
        }
        return found != inverse;
    }
}
