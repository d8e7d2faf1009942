package dev.drover.core.memory;

import dev.drover.core.Refused;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that every wish of this room shares. */
final class Misfit {
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");
    private static final int LONGEST_NAMESPACE = 64;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 50;

    private Misfit() {}

    static void ofName(String field, String text, int longest) {
        Refused.when(text.isEmpty() || text.length() > longest, field, "must be 1 to " + longest + " characters");
        Refused.when(
                text.chars().anyMatch(Character::isISOControl)
                        || HALF.matcher(text).find(),
                field,
                "must not contain control characters");
    }

    /** Half a surrogate pair is no character: neither a database nor a model takes it. */
    static String wellFormed(String text) {
        return HALF.matcher(text).replaceAll("\uFFFD");
    }

    static void ofNamespace(String namespace) {
        ofName("namespace", namespace, LONGEST_NAMESPACE);
    }

    static void ofTags(List<String> tags) {
        Refused.when(tags.size() > MOST_TAGS, "tags", "has " + tags.size() + " tags; at most 20");
        for (String tag : tags) {
            Refused.when(
                    tag.isBlank()
                            || tag.length() > LONGEST_TAG
                            || tag.indexOf('\0') >= 0
                            || HALF.matcher(tag).find(),
                    "tags",
                    "must hold tags of 1 to 50 characters");
        }
    }
}
