package dev.drover.provider.model.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.core.model.ToolOffer;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tools as LangChain4j wants them: its top level must be an object of its own types. */
final class ToolSchemas {
    private ToolSchemas() {}

    /** Each property goes to the vendor as it was written. */
    static ToolSpecification verbatim(ToolOffer offer) {
        return specification(offer, property -> JsonRawSchema.from(property.toString()));
    }

    /** Each property in the library's types, which know no limits, patterns or maps. */
    static ToolSpecification typed(ToolOffer offer) {
        return specification(offer, ToolSchemas::element);
    }

    private static ToolSpecification specification(ToolOffer offer, Function<JsonNode, JsonSchemaElement> property) {
        return ToolSpecification.builder()
                .name(offer.name())
                .description(offer.description())
                .parameters(object(JsonText.parsed(offer.inputSchema().text()), property))
                .build();
    }

    private static JsonObjectSchema object(JsonNode schema, Function<JsonNode, JsonSchemaElement> property) {
        Map<String, JsonSchemaElement> properties = new LinkedHashMap<>();
        schema.path("properties").forEachEntry((name, node) -> properties.put(name, property.apply(node)));
        JsonObjectSchema.Builder object = JsonObjectSchema.builder()
                .description(description(schema))
                .addProperties(properties)
                .required(texts(schema.path("required")));
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isBoolean()) {
            object.additionalProperties(additional.booleanValue());
        }
        return object.build();
    }

    private static JsonSchemaElement element(JsonNode schema) {
        String description = description(schema);
        if (schema.has("enum")) {
            return JsonEnumSchema.builder()
                    .description(description)
                    .enumValues(texts(schema.path("enum")))
                    .build();
        }
        if (schema.has("anyOf")) {
            return JsonAnyOfSchema.builder()
                    .description(description)
                    .anyOf(elements(schema.path("anyOf")))
                    .build();
        }
        return switch (schema.path("type").asText("string")) {
            case "object" -> object(schema, ToolSchemas::element);
            case "array" -> array(schema, description);
            case "integer" ->
                JsonIntegerSchema.builder().description(description).build();
            case "number" -> JsonNumberSchema.builder().description(description).build();
            case "boolean" ->
                JsonBooleanSchema.builder().description(description).build();
            case "null" -> new JsonNullSchema();
            default -> JsonStringSchema.builder().description(description).build();
        };
    }

    private static JsonArraySchema array(JsonNode schema, @Nullable String description) {
        return JsonArraySchema.builder()
                .description(description)
                .items(element(schema.path("items")))
                .build();
    }

    private static @Nullable String description(JsonNode schema) {
        return schema.path("description").textValue();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonSchemaElement> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(ToolSchemas::element)
                .toList();
    }
}
