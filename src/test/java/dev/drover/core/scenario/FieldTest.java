package dev.drover.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.provider.json.NetworkntSchemas;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields as JSON Schema, and names for tools. */
final class FieldTest {
    private static Field field(String name, FieldType type, Field... members) {
        return new Field(name, type, null, null, false, List.of(members), null);
    }

    private static Field array(String name, @Nullable Field item) {
        return new Field(name, FieldType.ARRAY, null, null, false, List.of(), item);
    }

    @Test
    void becomesAJsonSchema() {
        Field city = new Field("city", FieldType.TEXT, "City", "Where \"it\" is", true, List.of(), null);
        assertThat(Field.schema(List.of(city, field("day", FieldType.DATE))).text())
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"city\":{\"type\":\"string\",\"description\":\"City: Where \\\"it\\\" is\"},"
                        + "\"day\":{\"type\":\"string\",\"format\":\"date\"}},\"required\":[\"city\"]}");
        assertThat(Field.schema(List.of()).text()).isEqualTo("{\"type\":\"object\",\"properties\":{}}");
    }

    @Test
    void nestsCollectionsAndArrays() {
        Field inner = new Field("n", FieldType.UINTEGER, null, null, true, List.of(), null);
        assertThat(Field.schema(List.of(field("c", FieldType.COLLECTION, inner)))
                        .text())
                .contains("\"c\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":0}},"
                        + "\"required\":[\"n\"]}");
        assertThat(Field.schema(List.of(field("a", FieldType.ARRAY, inner))).text())
                .contains("\"a\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"n\":");
        assertThat(Field.schema(List.of(array("a", field("", FieldType.EMAIL)))).text())
                .contains("\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"email\"}}");
        assertThat(Field.schema(List.of(array("a", array("", field("", FieldType.ANY)))))
                        .text())
                .contains("\"a\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{}}}");
        assertThat(Field.schema(List.of(array("a", null))).text()).contains("\"a\":{\"type\":\"array\",\"items\":{}}");
    }

    @Test
    void isASchemaThatJudgesForEveryType() {
        NetworkntSchemas schemas = new NetworkntSchemas();
        for (FieldType type : FieldType.values()) {
            assertThat(FieldType.named(type.word())).contains(type);
            Json schema = Field.schema(List.of(field("x", type)));
            assertThat(schemas.misfit(schema)).as(schema.text()).isEmpty();
            String good = switch (type) {
                case NUMBER, INTEGER, UINTEGER, PORT -> "1";
                case BOOLEAN, CHECKBOX -> "true";
                case ARRAY -> "[]";
                case COLLECTION, JSON -> "{}";
                default -> "\"a\"";
            };
            assertThat(schemas.violation(schema, new Json("{\"x\":" + good + "}")))
                    .isEmpty();
            boolean takesAll = type == FieldType.ANY;
            assertThat(schemas.violation(schema, new Json("{\"x\":null}")).isEmpty())
                    .isEqualTo(takesAll);
        }
        assertThat(FieldType.named("select")).isEmpty();
    }

    @Test
    void takesNamesThatVendorsTake() {
        assertThat(Field.misfit("a_B-9.c")).isEmpty();
        assertThat(Field.misfit("x".repeat(64))).isEmpty();
        assertThat(Field.misfit("x".repeat(65))).isPresent();
        assertThat(Field.misfit("first name")).get().asString().contains("'first name'");
        assertThat(Field.misfit("")).isPresent();
        assertThat(Field.twice(List.of(field("a", FieldType.ANY), field("a", FieldType.TEXT))))
                .contains("a");
    }

    @Test
    void makesEveryNameCallable() {
        ToolNames names = new ToolNames();
        assertThat(names.of("Get weather", 7)).isEqualTo("Get_weather");
        assertThat(names.of("Get  weather!", 8)).isEqualTo("Get_weather_8");
        assertThat(names.of("Get weather", 8)).isEqualTo("Get_weather_8_2");
        assertThat(names.of("Größe prüfen", 9)).isEqualTo("Gro_e_prufen");
        assertThat(names.of("天气", 10)).isEqualTo("tool_10");
        assertThat(names.of("x".repeat(70), 11)).isEqualTo("x".repeat(64));
        assertThat(names.of("x".repeat(70), 12)).isEqualTo("x".repeat(61) + "_12");
    }
}
