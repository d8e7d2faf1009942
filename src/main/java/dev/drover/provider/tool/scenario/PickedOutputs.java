package dev.drover.provider.tool.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.Json;
import dev.drover.core.scenario.Field;
import dev.drover.core.scenario.Outputs;
import dev.drover.provider.tool.ToolJson;
import java.util.List;

/** Declared outputs, by their names in the JSON that came. */
public final class PickedOutputs implements Outputs {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public Json pick(List<Field> declared, Json result) {
        ObjectNode whole = ToolJson.read(result);
        if (whole.path("structured_content") instanceof ObjectNode structured) {
            return picked(declared, structured);
        }
        if (!whole.path("text").isTextual()) {
            return picked(declared, whole);
        }
        try {
            return MAPPER.readTree(whole.path("text").textValue()) instanceof ObjectNode object
                    ? picked(declared, object)
                    : result;
        } catch (JsonProcessingException noJson) {
            return result;
        }
    }

    private static Json picked(List<Field> declared, ObjectNode from) {
        ObjectNode picked = ToolJson.object();
        for (Field field : declared) {
            JsonNode value = from.get(field.name());
            if (value != null) {
                picked.set(field.name(), value);
            }
        }
        return ToolJson.write(picked);
    }
}
