package dev.drover.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON body, read one by one; a null field counts as left out, and one of a wrong type is refused. */
public final class Fields {
    private final ObjectNode object;

    Fields(ObjectNode object) {
        this.object = object;
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    public @Nullable String text(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(name, "must be a string, but is " + article(value));
        }
        if (value.textValue().indexOf('\0') >= 0) {
            throw wrong(name, "must not contain the NUL character");
        }
        return value.textValue();
    }

    public @Nullable List<String> texts(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw wrong(name, "must hold strings only, but holds " + article(item));
            }
            texts.add(item.textValue());
        }
        if (!value.isArray()) {
            throw wrong(name, "must be an array of strings, but is " + article(value));
        }
        return texts;
    }

    public @Nullable Integer integer(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, "must be a whole number");
        }
        return value.intValue();
    }

    public @Nullable Double number(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrong(name, "must be a number, but is " + article(value));
        }
        return value.doubleValue();
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return value.booleanValue();
    }

    /** The items of an array of objects; empty stands for an item that is none. */
    public List<Optional<Fields>> objects(String name) {
        if (!(object.get(name) instanceof ArrayNode array)) {
            throw wrong(name, "must be an array of objects");
        }
        List<Optional<Fields>> items = new ArrayList<>();
        array.forEach(
                item -> items.add(item instanceof ObjectNode each ? Optional.of(new Fields(each)) : Optional.empty()));
        return items;
    }

    /** A time with an offset, as {@code 2026-05-14T18:42:00Z}. */
    public @Nullable Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "must be an ISO 8601 time with an offset, such as 2026-05-14T18:42:00Z");
        }
    }

    private static String article(JsonNode value) {
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return (type.matches("[aeiou].*") ? "an " : "a ") + type;
    }

    private static Refused wrong(String field, String reason) {
        return new Refused(new Problem.Invalid(field, reason));
    }
}
