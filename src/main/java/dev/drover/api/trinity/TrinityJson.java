package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.http.Call;
import dev.drover.api.http.JsonCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the product reads a single value of JSON: loosely, so that {@code "7"} is a number too. */
final class TrinityJson {
    private static final Pattern TYPE = Pattern.compile("(?i) *application/(?:[a-z0-9.+-]+\\+)?json *(?:;.*)?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,300}(\\.\\d{1,300})?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,300}(\\.0{1,300})?");

    private TrinityJson() {}

    /** What can be wrong with one value; the last words are the product's. */
    enum Misfit {
        STRING("string_type", "Input should be a valid string"),
        INTEGER("int_type", "Input should be a valid integer"),
        INTEGER_TEXT("int_parsing", "Input should be a valid integer, unable to parse string as an integer"),
        INTEGER_SIZE("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size"),
        FRACTION("int_from_float", "Input should be a valid integer, got a number with a fractional part"),
        NUMBER("float_type", "Input should be a valid number"),
        NUMBER_TEXT("float_parsing", "Input should be a valid number, unable to parse string as a number"),
        FINITE("finite_number", "Input should be a finite number"),
        FLAG("bool_type", "Input should be a valid boolean"),
        FLAG_TEXT("bool_parsing", "Input should be a valid boolean, unable to interpret input"),
        LIST("list_type", "Input should be a valid list"),
        DICT("dict_type", "Input should be a valid dictionary"),
        OBJECT("model_attributes_type", "Input should be a valid dictionary or object to extract fields from"),
        NUL("value_error", "Value error, must not contain the NUL character");

        private final String type;
        private final String message;

        Misfit(String type, String message) {
            this.type = type;
            this.message = message;
        }

        TrinityMisfit.Item item(List<Object> where, @Nullable Object input) {
            return new TrinityMisfit.Item(type, where, message, input, null);
        }
    }

    static boolean isGiven(Call call) {
        return call.body().length > 0;
    }

    /** The body of a request whose shape is known; 422 when it is no JSON object. */
    static ObjectNode object(Call call) {
        return object(call, Misfit.OBJECT);
    }

    /** The same, with the word for a body that is something else. */
    static ObjectNode object(Call call, Misfit otherwise) {
        String type = call.header("Content-Type");
        if (isGiven(call) && type != null && !TYPE.matcher(type).matches()) {
            String text = new String(call.body(), StandardCharsets.UTF_8);
            throw TrinityMisfit.refusal(List.of(otherwise.item(List.of("body"), text)));
        }
        JsonNode body = isGiven(call) ? JsonCodec.tree(call.body()) : null;
        if (body == null || body.isNull()) {
            throw TrinityMisfit.refusal(List.of(TrinityMisfit.Item.of("missing", List.of("body"), "Field required")));
        }
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw TrinityMisfit.refusal(List.of(otherwise.item(List.of("body"), body)));
    }

    static @Nullable String text(JsonNode value, Consumer<Misfit> refuse) {
        Misfit misfit = !value.isTextual() ? Misfit.STRING : null;
        // No table takes it, and no path or name has one.
        misfit = misfit == null && value.textValue().indexOf('\0') >= 0 ? Misfit.NUL : misfit;
        return fits(misfit, refuse) ? value.textValue() : null;
    }

    static @Nullable Integer integer(JsonNode value, Consumer<Misfit> refuse) {
        return fits(misfitOfInteger(value), refuse)
                ? Integer.valueOf(decimal(value).intValue())
                : null;
    }

    private static @Nullable Misfit misfitOfInteger(JsonNode value) {
        if (!value.isNumber() && !value.isTextual()) {
            return Misfit.INTEGER;
        }
        if (value.isTextual() && !WHOLE.matcher(value.textValue().strip()).matches()) {
            return Misfit.INTEGER_TEXT;
        }
        if (!Double.isFinite(value.asDouble())) {
            return Misfit.INTEGER_SIZE;
        }
        BigDecimal number = decimal(value);
        if (number.stripTrailingZeros().scale() > 0) {
            return Misfit.FRACTION;
        }
        return number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0 ? Misfit.INTEGER_SIZE : null;
    }

    private static BigDecimal decimal(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue()
                : new BigDecimal(value.textValue().strip());
    }

    static @Nullable Double number(JsonNode value, Consumer<Misfit> refuse) {
        return fits(misfitOfNumber(value), refuse) ? Double.valueOf(value.asDouble()) : null;
    }

    private static @Nullable Misfit misfitOfNumber(JsonNode value) {
        if (value.isNumber()) {
            return Double.isFinite(value.doubleValue()) ? null : Misfit.FINITE;
        }
        if (!value.isTextual()) {
            return Misfit.NUMBER;
        }
        return DECIMAL.matcher(value.textValue().strip()).matches() ? null : Misfit.NUMBER_TEXT;
    }

    static @Nullable Boolean flag(JsonNode value, Consumer<Misfit> refuse) {
        boolean readable = value.isBoolean() || value.isTextual() || value.isNumber();
        Boolean flag = readable ? flag(value.asText()) : null;
        Misfit misfit = flag != null ? null : readable ? Misfit.FLAG_TEXT : Misfit.FLAG;
        return fits(misfit, refuse) ? flag : null;
    }

    private static boolean fits(@Nullable Misfit misfit, Consumer<Misfit> refuse) {
        if (misfit != null) {
            refuse.accept(misfit);
        }
        return misfit == null;
    }

    /** As a query or a body says yes or no; null when it says neither. */
    private static @Nullable Boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "1.0", "yes", "on" -> true;
            case "false", "0", "0.0", "no", "off" -> false;
            default -> null;
        };
    }
}
