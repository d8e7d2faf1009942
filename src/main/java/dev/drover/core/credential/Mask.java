package dev.drover.core.credential;

import dev.drover.core.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hides the values of secrets as {@code ***NAME***}, in every spelling that {@link Spellings} knows. What is masked
 * stays as it is when it is masked again.
 */
public final class Mask {
    /** Shorter values occur by chance, and hiding them would spoil the text. */
    private static final int SHORTEST = 8;

    private final Occurrences inText;
    private final Occurrences inJson;

    /** @param values by name */
    Mask(Map<String, String> values) {
        Map<String, String> text = new LinkedHashMap<>();
        Map<String, String> json = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            for (String spelling : value.length() < SHORTEST ? Set.<String>of() : Spellings.of(value)) {
                if (spelling.length() >= SHORTEST) {
                    text.putIfAbsent(spelling, name);
                    json.putIfAbsent(Spellings.escaped(spelling), name);
                }
            }
        });
        inText = new Occurrences(text);
        inJson = new Occurrences(json);
    }

    /** The text without the values. */
    public String hide(String text) {
        return inText.hidden(text);
    }

    /** The same of JSON, which stays JSON: a value is looked for as strings spell it. */
    public Json hide(Json json) {
        String hidden = inJson.hiddenInJson(json.text());
        return hidden.equals(json.text()) ? json : new Json(hidden);
    }

    /** The names of those whose values are in the text. */
    public Set<String> foundIn(String text) {
        Set<String> names = new LinkedHashSet<>();
        inText.in(text).forEach(found -> names.add(found.name()));
        return names;
    }

    /** How much of a text that goes on may be shown already: what is behind may be the beginning of a value. */
    public int settled(String text) {
        return inText.settled(text);
    }
}
