package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.http.Call;
import dev.drover.core.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON body, read one after another; whatever does not fit is told in one 422 (contract, section 2.1).
 * A method {@code xxxIfAny} takes a field that is left out, or null; the others ask for theirs.
 */
final class TrinityBody {
    private final ObjectNode object;
    private final List<TrinityMisfit.Item> misfits = new ArrayList<>();

    private TrinityBody(ObjectNode object) {
        this.object = object;
    }

    /** What the reader makes of the body, unless something in it does not fit. */
    static <T> T read(Call call, Function<TrinityBody, T> reader) {
        return new TrinityBody(TrinityJson.object(call)).readBy(reader);
    }

    /** The same, where no body at all is as good as an empty object. */
    static <T> T readIfAny(Call call, Function<TrinityBody, T> reader) {
        ObjectNode given = TrinityJson.isGiven(call) ? TrinityJson.object(call) : JsonNodeFactory.instance.objectNode();
        return new TrinityBody(given).readBy(reader);
    }

    private <T> T readBy(Function<TrinityBody, T> reader) {
        T read;
        try {
            read = reader.apply(this);
        } catch (Refused e) {
            // It may have stumbled over the stand-in for a value that did not fit.
            throw misfits.isEmpty() ? e : TrinityMisfit.refusal(misfits);
        }
        if (!misfits.isEmpty()) {
            throw TrinityMisfit.refusal(misfits);
        }
        return read;
    }

    String text(String name) {
        JsonNode value = needed(name);
        String text = value == null ? null : text(at(name), value);
        return text == null ? "" : text;
    }

    @Nullable String textIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : text(at(name), value);
    }

    int integer(String name) {
        JsonNode value = needed(name);
        Integer number = value == null ? null : integer(at(name), value);
        return number == null ? 0 : number;
    }

    @Nullable Integer integerIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : integer(at(name), value);
    }

    @Nullable Double numberIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : TrinityJson.number(value, misfit -> refuse(at(name), value, misfit));
    }

    @Nullable Boolean flagIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : TrinityJson.flag(value, misfit -> refuse(at(name), value, misfit));
    }

    List<String> texts(String name) {
        JsonNode value = needed(name);
        return value == null ? List.of() : texts(at(name), value);
    }

    @Nullable List<String> textsIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : texts(at(name), value);
    }

    @Nullable ObjectNode objectIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : objectAt(at(name), value);
    }

    /** An object whose values are strings, in the order of the body. */
    @Nullable Map<String, String> wordsIfAny(String name) {
        ObjectNode inner = objectIfAny(name);
        if (inner == null) {
            return null;
        }
        Map<String, String> words = new LinkedHashMap<>();
        inner.properties().forEach(entry -> {
            String word = text(List.of("body", name, entry.getKey()), entry.getValue());
            words.put(entry.getKey(), word == null ? "" : word);
        });
        return words;
    }

    /** Whether it is there, as null. */
    boolean isNull(String name) {
        return object.path(name).isNull();
    }

    private @Nullable JsonNode given(String name) {
        return object.hasNonNull(name) ? object.get(name) : null;
    }

    private @Nullable JsonNode needed(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            misfits.add(new TrinityMisfit.Item("missing", at(name), "Field required", object, null));
        }
        return value;
    }

    private @Nullable String text(List<Object> where, JsonNode value) {
        return TrinityJson.text(value, misfit -> refuse(where, value, misfit));
    }

    private @Nullable Integer integer(List<Object> where, JsonNode value) {
        return TrinityJson.integer(value, misfit -> refuse(where, value, misfit));
    }

    private List<String> texts(List<Object> where, JsonNode value) {
        if (!value.isArray()) {
            refuse(where, value, TrinityJson.Misfit.LIST);
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            List<Object> inner = new ArrayList<>(where);
            inner.add(i);
            String text = text(inner, value.get(i));
            texts.add(text == null ? "" : text);
        }
        return texts;
    }

    private @Nullable ObjectNode objectAt(List<Object> where, JsonNode value) {
        if (value instanceof ObjectNode inner) {
            return inner;
        }
        refuse(where, value, TrinityJson.Misfit.DICT);
        return null;
    }

    private void refuse(List<Object> where, JsonNode value, TrinityJson.Misfit misfit) {
        misfits.add(misfit.item(where, value));
    }

    private static List<Object> at(String name) {
        return List.of("body", name);
    }
}
