package dev.drover.core.scenario;

import dev.drover.core.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of a structure as Make describes them: an input or output of a scenario, a part of an agent's answer.
 *
 * @param name empty only for the items of an array, which need none
 * @param members of a collection, or of each collection in an array
 * @param item of an array whose items are no collections; null when nothing is said of them
 */
public record Field(
        String name,
        FieldType type,
        @Nullable String label,
        @Nullable String help,
        boolean required,
        List<Field> members,
        @Nullable Field item) {
    /** Vendors of models take no other names of parameters. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public Field {
        members = List.copyOf(members);
    }

    /** What is wrong with the name, to be put behind it; empty when it fits. */
    public static Optional<String> misfit(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("must be 1 to 64 letters, digits, '_', '.' or '-', but is '" + name + "'");
    }

    /** The first name that two of the fields share. */
    public static Optional<String> twice(List<Field> fields) {
        Set<String> seen = new HashSet<>();
        return fields.stream().map(Field::name).filter(name -> !seen.add(name)).findFirst();
    }

    /** A JSON Schema of an object with these fields. */
    public static Json schema(List<Field> fields) {
        return new Json("{" + String.join(",", object(fields)) + "}");
    }

    private static List<String> object(List<Field> fields) {
        List<String> keywords = new ArrayList<>(List.of(
                "\"type\":\"object\"",
                "\"properties\":{"
                        + fields.stream()
                                .map(field -> Json.quote(field.name) + ":" + field.schema())
                                .collect(Collectors.joining(","))
                        + "}"));
        String required = fields.stream()
                .filter(Field::required)
                .map(field -> Json.quote(field.name))
                .collect(Collectors.joining(","));
        if (!required.isEmpty()) {
            keywords.add("\"required\":[" + required + "]");
        }
        return keywords;
    }

    private String schema() {
        List<String> keywords =
                new ArrayList<>(type == FieldType.COLLECTION && !members.isEmpty() ? object(members) : type.keywords());
        if (type == FieldType.ARRAY && item != null) {
            keywords.add("\"items\":" + item.schema());
        } else if (type == FieldType.ARRAY) {
            keywords.add("\"items\":" + (members.isEmpty() ? "{}" : schema(members)));
        }
        String description = description();
        if (!description.isEmpty()) {
            keywords.add("\"description\":" + Json.quote(description));
        }
        return "{" + String.join(",", keywords) + "}";
    }

    private String description() {
        return Stream.of(label, help)
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining(": "));
    }
}
