package dev.drover.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON body, read one by one; a null field counts as left out, and one of a wrong type is refused. */
public final class Fields {
    private final ObjectNode object;
    private final @Nullable String within;
    private final boolean byPath;

    Fields(ObjectNode object) {
        this(object, null, false);
    }

    private Fields(ObjectNode object, @Nullable String within, boolean byPath) {
        this.object = object;
        this.within = within;
        this.byPath = byPath;
    }

    /** The same fields, but what does not fit is named by its whole path, as {@code config.llmConfig.maxTokens}. */
    public Fields byPath() {
        return new Fields(object, within, true);
    }

    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** Whether it is there at all, if only as null. */
    public boolean isGiven(String name) {
        return object.has(name);
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
            if (item.textValue().indexOf('\0') >= 0) {
                throw wrong(name, "must not contain the NUL character");
            }
            texts.add(item.textValue());
        }
        if (!value.isArray()) {
            throw wrong(name, "must be an array of strings, but is " + article(value));
        }
        return texts;
    }

    /** A whole number that fits 32 bits. */
    public @Nullable Integer integer(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, "must be a whole number, but is " + (value.isNumber() ? value : article(value)));
        }
        return value.intValue();
    }

    /** The same, also written as a decimal string; an empty string counts as left out (Make contract, section 1). */
    public @Nullable Integer looseInteger(String name) {
        if (!isText(name)) {
            return integer(name);
        }
        String text = object.path(name).textValue().strip();
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            throw wrong(name, "must be a whole number, but is '" + text + "'");
        }
        return Integer.valueOf(text);
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

    public @Nullable Boolean flag(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw wrong(name, "must be true or false, but is " + article(value));
        }
        return value.booleanValue();
    }

    /** The fields of an object in this one; what does not fit there is refused under the outer field's name. */
    public @Nullable Fields object(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : inner(name, value);
    }

    /** The same for an array of objects. */
    public @Nullable List<Fields> objects(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isArray()) {
            throw wrong(name, "must be an array of objects, but is " + article(value));
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode item : value) {
            objects.add(inner(byPath ? name + "[" + objects.size() + "]" : name, item));
        }
        return objects;
    }

    /** The items of an array, each judged by itself; empty stands for one that is no object. */
    public List<Optional<Fields>> items(String name) {
        if (!(object.get(name) instanceof ArrayNode array)) {
            throw wrong(name, "must be an array of objects");
        }
        List<Optional<Fields>> items = new ArrayList<>();
        array.forEach(item -> items.add(
                item instanceof ObjectNode each ? Optional.of(new Fields(each, null, byPath)) : Optional.empty()));
        return items;
    }

    /** An object whose values are strings, in the order given. */
    public @Nullable Map<String, String> words(String name) {
        Fields inner = object(name);
        if (inner == null) {
            return null;
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (String key : inner.names()) {
            String word = inner.text(key);
            if (word == null) {
                throw inner.wrong(key, "must be a string, but is null");
            }
            words.put(key, word);
        }
        return words;
    }

    /** An object as it came. */
    public @Nullable Json json(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            throw wrong(name, "must be an object, but is " + article(value));
        }
        return new Json(JsonCodec.line(value));
    }

    public boolean isText(String name) {
        return object.path(name).isTextual();
    }

    public boolean isList(String name) {
        return object.path(name).isArray();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Fields inner(String name, JsonNode value) {
        if (value instanceof ObjectNode found) {
            return new Fields(found, byPath ? path(name) : within == null ? name : within, byPath);
        }
        throw wrong(name, "must be an object, but is " + article(value));
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

    /** The refusal of a field, whose name the reason follows. */
    public Refused wrong(String field, String reason) {
        if (byPath || within == null) {
            return Refused.invalid(path(field), reason);
        }
        return Refused.invalid(within, "has '" + field + "', which " + reason);
    }

    private String path(String field) {
        return within == null ? field : within + "." + field;
    }
}
