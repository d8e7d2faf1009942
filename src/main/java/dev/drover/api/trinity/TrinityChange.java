package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.http.Call;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a PUT that the product reads freely: it must be an object (422), and what is wrong with a field is 400
 * (contract, section 2). A field that is null counts as left out.
 */
final class TrinityChange {
    private static final Set<String> NO = Set.of("", "false", "no", "off", "0");

    private final ObjectNode object;

    private TrinityChange(ObjectNode object) {
        this.object = object;
    }

    static TrinityChange of(Call call) {
        return new TrinityChange(TrinityJson.object(call, TrinityJson.Misfit.DICT));
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** A switch, taken as generously as in 5.13: only arrays and objects are neither on nor off. */
    boolean truth(String name) {
        JsonNode value = needed(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.doubleValue() != 0;
        }
        if (value.isTextual()) {
            return !NO.contains(value.textValue().toLowerCase(Locale.ROOT));
        }
        throw wrong(name, "must be true or false");
    }

    /** A JSON boolean, or nothing. */
    @Nullable Boolean flagIfAny(String name) {
        JsonNode value = given(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        throw wrong(name, "must be true or false");
    }

    /** A JSON integer within bounds; {@code 300.0} is none. */
    int integer(String name, int least, int most) {
        JsonNode value = needed(name);
        if (value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= most) {
            return value.intValue();
        }
        throw wrong(name, "must be an integer between " + least + " and " + most);
    }

    @Nullable String textIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : text(name, value);
    }

    List<String> texts(String name) {
        return textsOf(name, needed(name));
    }

    /** The fields of an inner object. */
    @Nullable TrinityChange innerIfAny(String name) {
        JsonNode value = given(name);
        if (value == null || value instanceof ObjectNode) {
            return value == null ? null : new TrinityChange((ObjectNode) value);
        }
        throw wrong(name, "must be an object");
    }

    @Nullable List<String> textsIfAny(String name) {
        JsonNode value = given(name);
        return value == null ? null : textsOf(name, value);
    }

    private List<String> textsOf(String name, JsonNode value) {
        if (!value.isArray()) {
            throw wrong(name, "must be a list of strings");
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(text(name, item)));
        return texts;
    }

    private static String text(String name, JsonNode value) {
        if (!value.isTextual() || value.textValue().indexOf('\0') >= 0) {
            throw wrong(name, "must be a string without NUL characters");
        }
        return value.textValue();
    }

    private @Nullable JsonNode given(String name) {
        return has(name) ? object.get(name) : null;
    }

    private JsonNode needed(String name) {
        JsonNode value = given(name);
        if (value == null) {
            throw wrong(name, "is required");
        }
        return value;
    }

    private static Refused wrong(String name, String reason) {
        return new Refused(new Problem.Unacceptable(name + " " + reason));
    }
}
