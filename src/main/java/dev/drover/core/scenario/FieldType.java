package dev.drover.core.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a field may hold, and how JSON Schema says so (Make contract, section 2). */
public enum FieldType {
    TEXT("\"type\":\"string\""),
    EMAIL("\"type\":\"string\",\"format\":\"email\""),
    URL("\"type\":\"string\",\"format\":\"uri\""),
    DATE("\"type\":\"string\",\"format\":\"date\""),
    TIME("\"type\":\"string\",\"format\":\"time\""),
    TIMESTAMP("\"type\":\"string\",\"format\":\"date-time\""),
    UUID("\"type\":\"string\",\"format\":\"uuid\""),
    COLOR("\"type\":\"string\""),
    FILENAME("\"type\":\"string\""),
    PATH("\"type\":\"string\""),
    NUMBER("\"type\":\"number\""),
    INTEGER("\"type\":\"integer\""),
    UINTEGER("\"type\":\"integer\",\"minimum\":0"),
    PORT("\"type\":\"integer\",\"minimum\":1,\"maximum\":65535"),
    BOOLEAN("\"type\":\"boolean\""),
    CHECKBOX("\"type\":\"boolean\""),
    ARRAY("\"type\":\"array\""),
    COLLECTION("\"type\":\"object\""),
    JSON("\"type\":\"object\""),
    ANY("");

    private final String schema;

    FieldType(String schema) {
        this.schema = schema;
    }

    /** Its word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FieldType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** All words, for whoever used another. */
    public static String words() {
        return Arrays.stream(values()).map(FieldType::word).collect(Collectors.joining(", "));
    }

    /** Keywords of a JSON Schema, without braces. */
    List<String> keywords() {
        return schema.isEmpty() ? List.of() : List.of(schema);
    }
}
