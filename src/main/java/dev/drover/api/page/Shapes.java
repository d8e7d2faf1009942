package dev.drover.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.drover.api.http.CamelCase;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON Schemas of wire records, read off the records themselves, each under its name. */
final class Shapes {
    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final Map<String, Object> schemas = new TreeMap<>();

    /** All that were asked for, and what they hold. */
    Map<String, Object> all() {
        return schemas;
    }

    /** A schema of a parameter, or a reference to that of a record. */
    Map<String, Object> of(Class<?> type) {
        if (type.isRecord()) {
            return record(type);
        }
        if (type.isSealed()) {
            return Map.of(
                    "oneOf",
                    Stream.of(type.getPermittedSubclasses()).map(this::of).toList());
        }
        if (type.isArray()) {
            return Map.of("type", "array", "items", of(type.getComponentType()));
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return Map.of("type", "integer");
        }
        if (type == Double.class || type == double.class) {
            return Map.of("type", "number");
        }
        if (type == Boolean.class || type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == UUID.class) {
            return Map.of("type", "string", "format", "uuid");
        }
        if (Map.class.isAssignableFrom(type)) {
            return Map.of("type", "object");
        }
        if (type == Object.class || JsonNode.class.isAssignableFrom(type)) {
            return Map.of("description", "any JSON");
        }
        throw new IllegalArgumentException("no schema is known for " + type);
    }

    private Map<String, Object> record(Class<?> type) {
        String name = name(type);
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of());
            schemas.put(name, fields(type));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : name(outer) + type.getSimpleName();
    }

    private Map<String, Object> fields(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        fields(type, properties, required);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private void fields(Class<?> type, Map<String, Object> properties, List<String> required) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                fields(component.getType(), properties, required);
                continue;
            }
            String field = named(type, component);
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean left = leftOut(type) || leftOut(component.getAccessor());
            Map<String, Object> schema = of(component.getAnnotatedType());
            properties.put(field, nullable && !left ? orNull(schema) : schema);
            if (!nullable || !left) {
                required.add(field);
            }
        }
    }

    private static String named(Class<?> type, RecordComponent component) {
        JsonProperty own = component.getAccessor().getAnnotation(JsonProperty.class);
        if (own != null) {
            return own.value();
        }
        String name = component.getName();
        return type.isAnnotationPresent(CamelCase.class) ? name : SNAKE.translate(name);
    }

    private static boolean leftOut(AnnotatedElement element) {
        return element.isAnnotationPresent(JsonInclude.class);
    }

    private Map<String, Object> of(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            Map<String, Object> last = of(arguments[arguments.length - 1]);
            return arguments.length == 1
                    ? Map.of("type", "array", "items", last)
                    : Map.of("type", "object", "additionalProperties", last);
        }
        if (annotated instanceof AnnotatedWildcardType any) {
            return of(any.getAnnotatedUpperBounds()[0]);
        }
        if (annotated.getType() instanceof Class<?> plain) {
            return of(plain);
        }
        throw new IllegalArgumentException("no schema is known for " + annotated);
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type) {
            Map<String, Object> both = new LinkedHashMap<>(schema);
            both.put("type", List.of(type, "null"));
            return both;
        }
        return schema.containsKey("$ref") ? Map.of("anyOf", List.of(schema, Map.of("type", "null"))) : schema;
    }
}
