package dev.drover.core.scenario;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places {@code {{name}}} of a template, where inputs are filled in. */
public record Places(String template) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    public static Places in(String template) {
        return new Places(template);
    }

    /** The names, in the order of their places. */
    public List<String> names() {
        return PLACE.matcher(template).results().map(Places::name).toList();
    }

    public boolean isEmpty() {
        return names().isEmpty();
    }

    /** The template with the same text in each place. */
    public String filled(String text) {
        return filled(name -> text);
    }

    /** The template with a text for each name. */
    public String filled(UnaryOperator<String> texts) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(texts.apply(name(place))));
    }

    /** The places as a matcher finds them, for fillings that look at what is around; the name is group 1. */
    public List<MatchResult> all() {
        return PLACE.matcher(template).results().toList();
    }

    private static String name(MatchResult place) {
        return place.group(1);
    }
}
